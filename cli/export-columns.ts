import { fields } from '../server/intake/index.ts'
import type { ExportKind, ExportRow } from './export-rows.ts'

export interface ExportColumn {
  header: string
  format?: string
  value: (row: ExportRow) => unknown
}

/** 模板一 and 表2 with their own headers; an answer sheet (模板二) has its questions as headers. */
const templates: Record<ExportKind, [string, string][]> = {
  'work-orders': [
    ['工单编号', 'external_id'],
    ['客户信息', 'customer'],
    ['产品/服务名称', 'product'],
    ['问题描述', 'problem'],
    ['问题分类', 'category'],
    ['优先级', 'priority'],
    ['处理人', 'agent'],
    ['处理方案', 'plan'],
    ['处理结果', 'result'],
    ['客户确认', 'confirmation'],
    ['反馈时间', 'received_at'],
  ],
  feedback: [
    ['反馈编号', 'external_id'],
    ['客户名称', 'customer'],
    ['产品型号', 'product'],
    ['问题描述', 'problem'],
    ['反馈渠道', 'channel'],
    ['处理状态', 'status'],
    ['满意度评分(1-5分)', 'score'],
    ['改进建议', 'suggestion'],
    ['责任人', 'agent'],
  ],
  responses: [
    ['问卷编号', 'external_id'],
    ['问题响应速度', 'response_speed'],
    ['问题解决效率', 'resolution_efficiency'],
    ['服务态度', 'attitude'],
    ['专业性', 'professionalism'],
    ['整体满意度', 'overall'],
    ['开放性建议', 'suggestion'],
    ['提交时间', 'submitted_at'],
  ],
  invitations: [
    ['发放编号', 'external_id'],
    ['工单编号', 'work_order'],
    ['客户', 'customer'],
    ['发放渠道', 'channel'],
    ['调查轮次', 'round'],
    ['发放时间', 'sent_at'],
    ['提交时间', 'submitted_at'],
    ['团队', 'unit'],
    ['服务人员', 'agent'],
    ['产品', 'product'],
  ],
  inspections: [
    ['质检编号', 'external_id'],
    ['类别', 'kind'],
    ['质检时间', 'inspected_at'],
    ['业务时间', 'contact_at'],
    ['质检员', 'inspector'],
    ['被检人', 'agent'],
    ['团队', 'unit'],
    ['工单编号', 'work_order'],
    ['联络编号', 'contact_number'],
    ['质检表', 'form'],
    ['质检项', 'items'],
    ['得分', 'score'],
    ['抽查字段数', 'fields_inspected'],
    ['正确字段数', 'fields_right'],
  ],
  trainings: [
    ['培训记录编号', 'external_id'],
    ['类别', 'kind'],
    ['姓名', 'agent'],
    ['团队', 'unit'],
    ['课程/科目', 'course'],
    ['培训时间', 'held_at'],
    ['时长(小时)', 'hours'],
    ['考试成绩', 'score'],
    ['是否合格', 'passed'],
  ],
  purchases: [
    ['订单编号', 'external_id'],
    ['客户', 'customer'],
    ['产品', 'product'],
    ['金额', 'amount'],
    ['下单时间', 'ordered_at'],
    ['渠道', 'channel'],
    ['团队', 'unit'],
    ['销售', 'agent'],
  ],
  attendance: [
    ['出勤编号', 'external_id'],
    ['姓名', 'agent'],
    ['团队', 'unit'],
    ['日期', 'worked_at'],
    ['排班工时(小时)', 'scheduled_hours'],
    ['实际工时(小时)', 'worked_hours'],
    ['是否在岗', 'on_duty'],
    ['是否持证', 'qualified'],
  ],
  messages: [
    ['消息编号', 'external_id'],
    ['会话编号', 'conversation'],
    ['发送方', 'sender'],
    ['发送时间', 'sent_at'],
    ['客服', 'agent'],
    ['团队', 'unit'],
    ['渠道', 'channel'],
    ['工单编号', 'work_order'],
  ],
  costs: [
    ['费用编号', 'external_id'],
    ['发生日期', 'incurred_at'],
    ['费用类别', 'kind'],
    ['金额', 'amount'],
    ['工单编号', 'work_order'],
    ['经办人', 'agent'],
    ['团队', 'unit'],
    ['产品', 'product'],
  ],
  calls: [
    ['联络编号', 'external_id'],
    ['渠道', 'channel'],
    ['客服', 'agent'],
    ['客户', 'customer'],
    ['产品', 'product'],
    ['开始时间', 'started_at'],
    ['接听时间', 'answered_at'],
    ['振铃次数', 'rings'],
    ['结束时间', 'ended_at'],
    ['工单编号', 'work_order'],
  ],
}

/** Never written out: who can be reached how. */
const withheld = ['contact']

export function exportColumns(
  kind: ExportKind,
  which: 'template' | 'all',
  language: 'zh' | 'en',
): ExportColumn[] {
  if (which === 'template')
    return templates[kind].map(([header, field]) => ({
      header,
      ...(field === 'score' && { format: 'General"分"' }),
      value: (row) => templateValue(row, field),
    }))
  return fields[kind]
    .filter(({ name }) => !withheld.includes(name))
    .map(({ name, [language]: header }) => ({
      header,
      value: (row) => (language === 'zh' ? shown(name, row[name]) : numeric(name, row[name])),
    }))
}

/** The template has one column for class and subclass: 故障维修-硬件. */
function templateValue(row: ExportRow, field: string): unknown {
  if (typeof row[field] === 'boolean') return row[field] ? '是' : '否'
  if (field !== 'category') return shown(field, row[field])
  return [shown('category', row.category), row.subcategory].filter(Boolean).join('-') || null
}

const words: Record<string, Record<string, string>> = {
  priority: { urgent: '紧急', important: '重要', normal: '一般' },
  complexity: { ordinary: '普通', complex: '复杂' },
  kind: {
    inspection: '质检',
    mystery_shopper: '神秘顾客',
    training: '培训',
    exam: '考试',
    labour: '人工',
    parts: '配件',
    travel: '差旅',
    compensation: '补偿',
  },
  sender: { customer: '客户', agent: '客服', automatic: '自动回复' },
  status: { open: '待处理', in_progress: '处理中', followed_up: '已回访', closed: '已关闭' },
  category: { repair: '故障维修', consultation: '使用咨询', complaint: '服务投诉', suggestion: '建议反馈' },
  channel: {
    phone: '电话',
    chat: '在线客服',
    email: '邮件',
    social: '社交媒体',
    store: '门店',
    web: '网站',
    app: 'APP',
    ecommerce: '在线评价平台',
    suggestion_box: '意见箱',
    complaint: '投诉',
  },
}

const shown = (field: string, value: unknown): unknown =>
  typeof value === 'string' ? (words[field]?.[value] ?? numeric(field, value)) : value

const decimals = [
  'score',
  'cost',
  'amount',
  'response_speed',
  'resolution_efficiency',
  'attitude',
  'professionalism',
  'channel_ease',
  'handling_quality',
  'overall',
  'hours',
  'scheduled_hours',
  'worked_hours',
]

/** Decimals come as text from the database; in a sheet they are numbers. */
const numeric = (field: string, value: unknown): unknown =>
  typeof value === 'string' && decimals.includes(field) ? Number(value) : value
