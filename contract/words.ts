/** What coded values are called, once for screen, export and sorting. The first word is what the templates say. */
type Words = Record<string, { zh: string; en: string }>

export const words = {
  category: {
    repair: { zh: '故障维修', en: 'Repair' },
    consultation: { zh: '使用咨询', en: 'Consultation' },
    complaint: { zh: '服务投诉', en: 'Complaint' },
    suggestion: { zh: '建议反馈', en: 'Suggestion' },
  },
  priority: {
    urgent: { zh: '紧急', en: 'Urgent' },
    important: { zh: '重要', en: 'Important' },
    normal: { zh: '一般', en: 'Normal' },
  },
  complexity: {
    ordinary: { zh: '普通', en: 'Ordinary' },
    complex: { zh: '复杂', en: 'Complex' },
  },
  channel: {
    phone: { zh: '电话', en: 'Phone' },
    chat: { zh: '在线客服', en: 'Chat' },
    email: { zh: '邮件', en: 'E-mail' },
    social: { zh: '社交媒体', en: 'Social media' },
    store: { zh: '门店', en: 'Store' },
    web: { zh: '网站', en: 'Website' },
    app: { zh: '手机应用', en: 'App' },
    ecommerce: { zh: '电商平台', en: 'Online shop' },
    suggestion_box: { zh: '意见箱', en: 'Suggestion box' },
    complaint: { zh: '投诉', en: 'Complaint' },
  },
  lifeStage: {
    launch: { zh: '导入期', en: 'Launch' },
    growth: { zh: '成长期', en: 'Growth' },
    maturity: { zh: '成熟期', en: 'Maturity' },
  },
  inspectionKind: {
    inspection: { zh: '质检', en: 'Inspection' },
    mystery_shopper: { zh: '神秘顾客', en: 'Mystery shopper' },
  },
  trainingKind: {
    training: { zh: '培训', en: 'Training' },
    exam: { zh: '考试', en: 'Exam' },
  },
  messageSender: {
    customer: { zh: '客户', en: 'Customer' },
    agent: { zh: '客服', en: 'Agent' },
    automatic: { zh: '自动回复', en: 'Automatic' },
  },
  costKind: {
    labour: { zh: '人工', en: 'Labour' },
    parts: { zh: '配件', en: 'Parts' },
    travel: { zh: '差旅', en: 'Travel' },
    compensation: { zh: '补偿', en: 'Compensation' },
  },
  yesNo: {
    true: { zh: '是', en: 'Yes' },
    false: { zh: '否', en: 'No' },
  },
  feedbackStatus: {
    open: { zh: '待处理', en: 'Open' },
    in_progress: { zh: '处理中', en: 'In progress' },
    followed_up: { zh: '已回访', en: 'Followed up' },
    closed: { zh: '已关闭', en: 'Closed' },
  },
  replyState: {
    waiting: { zh: '待答复', en: 'Waiting' },
    overdue: { zh: '逾期未答复', en: 'Overdue' },
    in_time: { zh: '按时答复', en: 'In time' },
    late: { zh: '逾期答复', en: 'Late' },
    unknown: { zh: '时间不明', en: 'Time unknown' },
  },
} as const satisfies Record<string, Words>

/** What may stand behind a score, as the templates print it: `4分`. */
export const pointsSign = /\s*分$/

export type WordKind = keyof typeof words

/** The word of a code, or the code itself where it is the organization's own. */
export const wordOf = (kind: WordKind, code: string, language: 'zh' | 'en'): string =>
  (words[kind] as Words)[code]?.[language] ?? code
