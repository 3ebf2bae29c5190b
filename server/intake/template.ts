import { type SheetToWrite, writeXlsx } from '../platform/spreadsheet.ts'
import { type Field, type FieldType, fieldOf, type Kind } from './fields.ts'
import { itemField } from './item-columns.ts'
import { guessMapping } from './mapping.ts'

/**
 * The columns of the source tables, in their order and wording; what their readers fill in too stands at the right. The
 * headers are never translated: they are what the importer and the tables people have know.
 */
const templates: Record<Kind, { sheet: string; columns: string[] }> = {
  'work-orders': {
    sheet: '售后服务流程记录表',
    columns: [
      '工单编号',
      '客户信息',
      '产品/服务名称',
      '问题描述',
      '问题分类',
      '优先级',
      '处理人',
      '处理方案',
      '处理结果',
      '客户确认',
      '反馈时间',
      '受理时间',
      '首次响应时间',
      '启动处理时间',
      '解决时间',
    ],
  },
  feedback: {
    sheet: '客户反馈记录表',
    columns: [
      '反馈编号',
      '客户名称',
      '产品型号',
      '问题描述',
      '反馈渠道',
      '处理状态',
      '满意度评分(1-5分)',
      '改进建议',
      '责任人',
    ],
  },
  responses: {
    sheet: '客户满意度调查',
    columns: [
      '问卷编号',
      '工单编号',
      '提交时间',
      '1.问题响应速度',
      '2.问题解决效率',
      '3.服务态度',
      '4.专业性',
      '5.整体满意度',
      '开放性建议',
      '渠道',
    ],
  },
  invitations: {
    sheet: '问卷发放记录表',
    columns: [
      '发放编号',
      '工单编号',
      '客户',
      '发放渠道',
      '调查轮次',
      '发放时间',
      '提交时间',
      '团队',
      '服务人员',
      '产品',
    ],
  },
  events: {
    sheet: '事件日志',
    columns: ['工单编号', '活动', '时间', '操作人'],
  },
  people: {
    sheet: '人员',
    columns: ['工号', '姓名', '团队', '岗位', '到岗日期', '离岗日期'],
  },
  products: {
    sheet: '产品',
    columns: ['产品编码', '产品名称', '产品类别', '导入期开始', '成长期开始', '成熟期开始'],
  },
  inspections: {
    sheet: '质检记录表',
    columns: [
      '质检编号',
      '类别',
      '质检时间',
      '业务时间',
      '质检员',
      '被检人',
      '团队',
      '工单编号',
      '联络编号',
      '质检表',
      '礼仪-问候语(10)',
      '用语-规范用语(10)',
      '用语-服务禁语(否决)',
      '流程-核实需求(10)',
      '记录-记录完整(10)',
      '抽查字段数',
      '正确字段数',
      '检查节点数',
      '合规节点数',
    ],
  },
  trainings: {
    sheet: '培训与考试记录表',
    columns: [
      '培训记录编号',
      '类别',
      '姓名',
      '团队',
      '课程/科目',
      '培训时间',
      '时长(小时)',
      '考试成绩',
      '是否合格',
    ],
  },
  purchases: {
    sheet: '购买记录表',
    columns: ['订单编号', '客户', '产品', '金额', '下单时间', '渠道', '团队', '销售'],
  },
  attendance: {
    sheet: '出勤记录表',
    columns: ['出勤编号', '姓名', '团队', '日期', '排班工时(小时)', '实际工时(小时)', '是否在岗', '是否持证'],
  },
  messages: {
    sheet: '会话消息记录表',
    columns: ['消息编号', '会话编号', '发送方', '发送时间', '客服', '团队', '渠道', '工单编号'],
  },
  costs: {
    sheet: '服务费用记录表',
    columns: ['费用编号', '发生日期', '费用类别', '金额', '工单编号', '经办人', '团队', '产品'],
  },
  calls: {
    sheet: '通话与会话记录表',
    columns: [
      '联络编号',
      '渠道',
      '客服',
      '客户',
      '产品',
      '开始时间',
      '接听时间',
      '振铃次数',
      '结束时间',
      '工单编号',
    ],
  },
}

export const templateColumns = (kind: Kind): readonly string[] => templates[kind].columns
export const templateName = (kind: Kind): string => templates[kind].sheet

/** An empty sheet to fill in and one that says what goes where. */
export async function writeTemplate(path: string, kind: Kind): Promise<void> {
  const { sheet, columns } = templates[kind]
  const { guesses } = guessMapping(kind, columns, [])
  const fieldOfColumn = new Map(guesses.map(({ column, field }) => [column, fieldOf(kind, field)]))
  const notes: SheetToWrite = {
    name: '说明',
    columns: [
      { header: '列', width: 20 },
      { header: '必填', width: 8 },
      { header: '写法', width: 46 },
      { header: 'Column', width: 22 },
      { header: 'Required', width: 10 },
      { header: 'How to write it', width: 56 },
    ],
    rows: columns.map((name) => {
      const field = fieldOfColumn.get(name) ?? itemField(kind, name)
      const [zh, en] = howTo(field)
      return [name, field?.required ? '是' : '', zh, field?.en ?? '', field?.required ? 'yes' : '', en]
    }),
  }
  await writeXlsx(path, {
    sheets: [{ name: sheet, columns: columns.map((header) => ({ header })), rows: [] }, notes],
  })
}

const byType: Record<FieldType, [zh: string, en: string]> = {
  text: ['文字', 'text'],
  instant: [
    '如 2024-10-01 14:30、2024/10/1 14:30 或 2024年10月1日',
    'like 2024-10-01 14:30, 2024/10/1 14:30',
  ],
  date: ['如 2024-10-01', 'like 2024-10-01'],
  decimal: ['数字，如 120.5', 'a number like 120.5'],
  hours: ['小时数，如 7.5', 'hours like 7.5'],
  points: ['分数，如 85 或 85.5', 'points like 85 or 85.5'],
  integer: ['整数', 'a whole number'],
  boolean: ['是 或 否', 'yes or no'],
  rating: ['1–5 分，如 4 或 4.5', '1 to 5, like 4 or 4.5'],
  nps: ['0–10 的整数', '0 to 10'],
  enum: ['见系统内的取值', 'one of the values of the product'],
  category: [
    '故障维修、使用咨询、服务投诉、建议反馈；子类写在连字符后，如 故障维修-硬件',
    'category, and after a hyphen the subcategory: 故障维修-硬件',
  ],
}

const byWords: Record<NonNullable<Field['words']>, [zh: string, en: string]> = {
  priority: ['紧急、重要 或 一般', '紧急 urgent, 重要 important, 一般 normal'],
  complexity: ['普通 或 复杂', '普通 ordinary, 复杂 complex'],
  channel: ['如 电话、微信、在线、邮件、现场', 'like 电话, 微信, 邮件'],
  'inspection-kind': ['质检 或 神秘顾客', '质检 inspection, 神秘顾客 mystery shopper'],
  'training-kind': ['培训 或 考试', '培训 training, 考试 exam'],
  'message-sender': ['客户、客服 或 自动回复', '客户 customer, 客服 agent, 自动回复 automatic'],
  'cost-kind': ['人工、配件、差旅 或 补偿', '人工 labour, 配件 parts, 差旅 travel, 补偿 compensation'],
  'feedback-status': ['待处理、处理中、已回访 或 已关闭', '待处理, 处理中, 已回访 or 已关闭'],
}

const howTo = (field: Field | undefined): [string, string] =>
  field === undefined ? ['', ''] : field.words ? byWords[field.words] : byType[field.type]
