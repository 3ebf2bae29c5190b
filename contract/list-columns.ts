import type { WordKind } from './words.ts'

/**
 * A column of a list of records. `long` is free text, in which personal data is masked: it cannot be sorted, and what is
 * masked cannot be searched. `named` is a unit, person or product; pinyin initials find it.
 */
export interface ListColumn {
  key: string
  kind: 'text' | 'long' | 'choice' | 'named' | 'customer' | 'number' | 'score' | 'instant'
  zh: string
  en: string
  words?: WordKind
  /** Of an instant whose time of day says nothing. */
  day?: true
  /** Stands in the template, in this order, and is shown unless another choice is made. */
  template?: true
  /** Shown unless another choice is made, though no template has it. */
  shown?: true
  /** The header in the template, which is never translated; `zh` unless given. */
  header?: string
}

type Rest = Partial<Pick<ListColumn, 'words' | 'day' | 'template' | 'shown' | 'header'>>

const column = (key: string, kind: ListColumn['kind'], zh: string, en: string, rest: Rest = {}) => ({
  key,
  kind,
  zh,
  en,
  ...rest,
})
const template = { template: true } as const

/** 模板一's eleven columns, then the rest. */
const workOrders: ListColumn[] = [
  column('externalId', 'text', '工单编号', 'Number', template),
  column('customer', 'customer', '客户信息', 'Customer', template),
  column('product', 'named', '产品/服务名称', 'Product', template),
  column('problem', 'long', '问题描述', 'Problem', template),
  column('category', 'choice', '问题分类', 'Category', { ...template, words: 'category' }),
  column('priority', 'choice', '优先级', 'Priority', { ...template, words: 'priority' }),
  column('agent', 'named', '处理人', 'Agent', template),
  column('plan', 'long', '处理方案', 'Plan', template),
  column('result', 'long', '处理结果', 'Result', template),
  column('confirmation', 'long', '客户确认', 'Confirmation', template),
  column('confirmedAt', 'instant', '客户确认时间', 'Confirmed', { ...template, header: '反馈时间' }),
  column('receivedAt', 'instant', '受理时间', 'Received'),
  column('respondedAt', 'instant', '首次响应时间', 'First response'),
  column('startedAt', 'instant', '启动处理时间', 'Started'),
  column('resolvedAt', 'instant', '解决时间', 'Resolved'),
  column('unit', 'named', '团队', 'Unit'),
  column('responder', 'named', '响应人', 'Responder'),
  column('channel', 'choice', '渠道', 'Channel', { words: 'channel' }),
  column('status', 'text', '状态', 'Status'),
  column('subcategory', 'text', '问题子类', 'Subcategory'),
  column('complexity', 'choice', '复杂程度', 'Complexity', { words: 'complexity' }),
  column('faultLevel', 'text', '故障等级', 'Fault level'),
  column('serial', 'text', '序列号', 'Serial number'),
  column('orderNo', 'text', '订单号', 'Order number'),
  column('demand', 'long', '客户诉求', 'Demand'),
  column('supplier', 'named', '供应商', 'Supplier'),
  column('faultIdentifiedAt', 'instant', '故障确定时间', 'Fault identified'),
  column('planConfirmedAt', 'instant', '方案确认时间', 'Plan confirmed'),
  column('arrivedAt', 'instant', '到达时间', 'Arrived'),
  column('reopenedAt', 'instant', '重新打开时间', 'Re-opened'),
  column('closedAt', 'instant', '关闭时间', 'Closed'),
  column('surveySentAt', 'instant', '问卷发放时间', 'Survey sent'),
  column('responseDueAt', 'instant', '响应时限', 'Response due'),
  column('onsiteDueAt', 'instant', '上门时限', 'On-site due'),
  column('resolutionDueAt', 'instant', '解决时限', 'Resolution due'),
  column('reopenCount', 'number', '重开次数', 'Re-openings'),
  column('contactCount', 'number', '联系次数', 'Contacts'),
  column('visits', 'number', '上门次数', 'Visits'),
  column('firstDiagnosis', 'long', '首次诊断', 'First diagnosis'),
  column('finalCause', 'long', '最终原因', 'Final cause'),
  column('redone', 'choice', '损坏或返工', 'Damaged or redone', { words: 'yesNo' }),
  column('planReplaced', 'choice', '方案被替换', 'Plan replaced', { words: 'yesNo' }),
  column('partsRequested', 'number', '申请备件数', 'Parts requested'),
  column('partsFilled', 'number', '当场满足数', 'Parts there at once'),
  column('article', 'text', '引用知识', 'Article'),
  column('articleUsed', 'choice', '是否引用知识', 'Article used', { words: 'yesNo' }),
  column('followedUpAt', 'instant', '回访时间', 'Followed up'),
  column('followUpDueAt', 'instant', '回访时限', 'Follow-up due'),
  column('resolutionMode', 'text', '解决方式', 'Resolution mode'),
  column('cost', 'number', '费用', 'Cost'),
  column('filledFields', 'number', '已填项', 'Fields filled'),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** 表2's nine columns, then the rest. */
const feedback: ListColumn[] = [
  column('externalId', 'text', '反馈编号', 'Number', template),
  column('customer', 'customer', '客户名称', 'Customer', template),
  column('product', 'named', '产品型号', 'Product', template),
  column('problem', 'long', '问题描述', 'Problem', template),
  column('channel', 'choice', '反馈渠道', 'Channel', { ...template, words: 'channel' }),
  column('status', 'choice', '处理状态', 'Status', { ...template, words: 'feedbackStatus' }),
  column('score', 'score', '满意度评分', 'Score', { ...template, header: '满意度评分(1-5分)' }),
  column('suggestion', 'long', '改进建议', 'Suggestion', template),
  column('agent', 'named', '责任人', 'Responsible', template),
  column('receivedAt', 'instant', '反馈时间', 'Received'),
  column('repliedAt', 'instant', '答复客户时间', 'Replied'),
  column('replyDueAt', 'instant', '答复时限', 'Reply due'),
  column('replyState', 'choice', '答复状态', 'Reply', { words: 'replyState' }),
  column('unit', 'named', '团队', 'Unit'),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** 模板二's answer sheet, then the rest. */
const responses: ListColumn[] = [
  column('externalId', 'text', '问卷编号', 'Number', template),
  column('workOrder', 'text', '工单编号', 'Work order', template),
  column('submittedAt', 'instant', '提交时间', 'Submitted', template),
  column('responseSpeed', 'score', '响应速度', 'Response speed', { ...template, header: '1.问题响应速度' }),
  column('resolutionEfficiency', 'score', '解决效率', 'Efficiency', {
    ...template,
    header: '2.问题解决效率',
  }),
  column('attitude', 'score', '服务态度', 'Attitude', { ...template, header: '3.服务态度' }),
  column('professionalism', 'score', '专业性', 'Professionalism', { ...template, header: '4.专业性' }),
  column('overall', 'score', '整体满意度', 'Overall', { ...template, header: '5.整体满意度' }),
  column('suggestion', 'long', '开放性建议', 'Suggestion', template),
  column('channel', 'choice', '渠道', 'Channel', { ...template, words: 'channel' }),
  column('channelEase', 'score', '渠道便利', 'Channel ease'),
  column('handlingQuality', 'score', '处理质量', 'Handling quality'),
  column('recommend', 'number', '推荐意愿', 'Would recommend'),
  column('repliedAt', 'instant', '答复客户时间', 'Replied'),
  column('replyDueAt', 'instant', '答复时限', 'Reply due'),
  column('replyState', 'choice', '答复状态', 'Reply', { words: 'replyState', shown: true }),
  column('invitation', 'text', '发放编号', 'Invitation'),
  column('unit', 'named', '团队', 'Unit'),
  column('agent', 'named', '处理人', 'Agent'),
  column('product', 'named', '产品', 'Product'),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** Invitations to surveys. */
const invitations: ListColumn[] = [
  column('externalId', 'text', '发放编号', 'Number', template),
  column('workOrder', 'text', '工单编号', 'Work order', template),
  column('customer', 'customer', '客户', 'Customer', template),
  column('channel', 'choice', '发放渠道', 'Channel', { ...template, words: 'channel' }),
  column('round', 'number', '调查轮次', 'Round', template),
  column('sentAt', 'instant', '发放时间', 'Sent', template),
  column('submittedAt', 'instant', '提交时间', 'Answered', template),
  column('unit', 'named', '团队', 'Unit', template),
  column('agent', 'named', '服务人员', 'Agent', template),
  column('product', 'named', '产品', 'Product', template),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('reminder', 'choice', '是否提醒', 'Reminder', { words: 'yesNo' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** Calls and chats. */
const contacts: ListColumn[] = [
  column('externalId', 'text', '联络编号', 'Number', template),
  column('channel', 'choice', '渠道', 'Channel', { ...template, words: 'channel' }),
  column('unit', 'named', '团队', 'Unit', template),
  column('agent', 'named', '客服', 'Agent', template),
  column('customer', 'customer', '客户', 'Customer', template),
  column('product', 'named', '产品', 'Product', template),
  column('startedAt', 'instant', '开始时间', 'Began', template),
  column('answeredAt', 'instant', '接听时间', 'Answered', template),
  column('rings', 'number', '振铃次数', 'Rings', template),
  column('endedAt', 'instant', '结束时间', 'Ended', template),
  column('workOrder', 'text', '工单编号', 'Work order', template),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** Inspections, and visits of mystery shoppers. */
const inspections: ListColumn[] = [
  column('externalId', 'text', '质检编号', 'Number', template),
  column('kind', 'choice', '类别', 'Kind', { ...template, words: 'inspectionKind' }),
  column('inspectedAt', 'instant', '质检时间', 'Inspected', template),
  column('contactAt', 'instant', '业务时间', 'Took place', template),
  column('inspector', 'text', '质检员', 'Inspector', template),
  column('agent', 'named', '被检人', 'Agent', template),
  column('unit', 'named', '团队', 'Unit', template),
  column('score', 'number', '得分', 'Score', template),
  column('etiquetteScore', 'number', '礼仪得分', 'Etiquette'),
  column('wordingScore', 'number', '用语得分', 'Wording'),
  column('fieldsRight', 'number', '正确字段数', 'Fields right', template),
  column('fieldsInspected', 'number', '抽查字段数', 'Fields inspected', template),
  column('nodesRight', 'number', '合规节点数', 'Nodes right', template),
  column('nodesInspected', 'number', '检查节点数', 'Nodes inspected', template),
  column('workOrder', 'text', '工单编号', 'Work order', template),
  column('contact', 'text', '联络编号', 'Call or chat', template),
  column('form', 'text', '质检表', 'Form', template),
  column('items', 'long', '质检项', 'Items'),
  column('product', 'named', '产品', 'Product'),
  column('channel', 'choice', '渠道', 'Channel', { words: 'channel' }),
  column('remark', 'long', '备注', 'Remark'),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** Each person's part in a training or an exam. */
const trainings: ListColumn[] = [
  column('externalId', 'text', '培训记录编号', 'Number', template),
  column('kind', 'choice', '类别', 'Kind', { ...template, words: 'trainingKind' }),
  column('agent', 'named', '姓名', 'Person', template),
  column('unit', 'named', '团队', 'Unit', template),
  column('course', 'text', '课程/科目', 'Course', template),
  column('heldAt', 'instant', '培训时间', 'Held', template),
  column('hours', 'number', '时长', 'Hours', { ...template, header: '时长(小时)' }),
  column('score', 'number', '考试成绩', 'Exam score', template),
  column('passed', 'choice', '是否合格', 'Passed', { ...template, words: 'yesNo' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** Orders that customers placed. */
const purchases: ListColumn[] = [
  column('externalId', 'text', '订单编号', 'Number', template),
  column('customer', 'customer', '客户', 'Customer', template),
  column('product', 'named', '产品', 'Product', template),
  column('amount', 'number', '金额', 'Amount', template),
  column('orderedAt', 'instant', '下单时间', 'Ordered', template),
  column('channel', 'choice', '渠道', 'Channel', { ...template, words: 'channel' }),
  column('unit', 'named', '团队', 'Unit', template),
  column('agent', 'named', '销售', 'Sold by', template),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** Each person's working days. */
const attendance: ListColumn[] = [
  column('externalId', 'text', '出勤编号', 'Number', template),
  column('agent', 'named', '姓名', 'Person', template),
  column('unit', 'named', '团队', 'Unit', template),
  column('workedAt', 'instant', '日期', 'Day', { ...template, day: true }),
  column('scheduledHours', 'number', '排班工时', 'Scheduled', { ...template, header: '排班工时(小时)' }),
  column('workedHours', 'number', '实际工时', 'Worked', { ...template, header: '实际工时(小时)' }),
  column('onDuty', 'choice', '是否在岗', 'On duty', { ...template, words: 'yesNo' }),
  column('qualified', 'choice', '是否持证', 'Qualified', { ...template, words: 'yesNo' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** Messages of chats: who wrote when, and how long was waited for it. */
const messages: ListColumn[] = [
  column('externalId', 'text', '消息编号', 'Number', template),
  column('conversation', 'text', '会话编号', 'Conversation', template),
  column('sender', 'choice', '发送方', 'Sent by', { ...template, words: 'messageSender' }),
  column('sentAt', 'instant', '发送时间', 'Sent', template),
  column('agent', 'named', '客服', 'Agent', template),
  column('unit', 'named', '团队', 'Unit', template),
  column('channel', 'choice', '渠道', 'Channel', { ...template, words: 'channel' }),
  column('workOrder', 'text', '工单编号', 'Work order', template),
  column('awaitedAt', 'instant', '等待起始', 'Waited since'),
  column('waitSeconds', 'number', '等待秒数', 'Seconds waited'),
  column('product', 'named', '产品', 'Product'),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

/** What the service cost. */
const costs: ListColumn[] = [
  column('externalId', 'text', '费用编号', 'Number', template),
  column('incurredAt', 'instant', '发生日期', 'Incurred', { ...template, day: true }),
  column('kind', 'choice', '费用类别', 'Kind', { ...template, words: 'costKind' }),
  column('amount', 'number', '金额', 'Amount', template),
  column('workOrder', 'text', '工单编号', 'Work order', template),
  column('agent', 'named', '经办人', 'Agent', template),
  column('unit', 'named', '团队', 'Unit', template),
  column('product', 'named', '产品', 'Product', template),
  column('lifeStage', 'choice', '生命周期阶段', 'Life stage', { words: 'lifeStage' }),
  column('source', 'text', '数据来源', 'Source'),
  column('excludedReason', 'text', '剔除原因', 'Not counted because'),
]

const lists = {
  'work-orders': workOrders,
  feedback,
  responses,
  invitations,
  contacts,
  inspections,
  trainings,
  attendance,
  purchases,
  messages,
  costs,
}

/** The lists of records: what a list is called in addresses, views and exports. */
export type ListKind = keyof typeof lists
export const listKinds = Object.keys(lists) as [ListKind, ...ListKind[]]
export const listColumns: Record<ListKind, readonly ListColumn[]> = lists

export const maySort = ({ kind }: ListColumn): boolean => kind !== 'long'
