import type { Cell } from './read/table.ts'
import { cellFault, cellText, parseText } from './values-text.ts'
import { type Parsed, trouble } from './values-trouble.ts'

/** How words are compared: width, case, spaces and a leading number ("1 - Critical") make no difference. */
function wordKey(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^\d+\s*[-.、:]\s*(?=\D)/, '')
    .replace(/[\s_-]+/g, '')
}

type Words = ReadonlyMap<string, string>

function words(table: Record<string, string>): Words {
  const map = new Map<string, string>()
  for (const [meaning, list] of Object.entries(table)) {
    for (const word of [meaning, ...list.split(' ')]) map.set(wordKey(word), meaning)
  }
  return map
}

const priorities = words({
  urgent: '紧急 特急 加急 非常紧急 critical highest blocker emergency p0 p1 immediate veryhigh',
  important: '重要 高 较高 high major p2',
  normal: '一般 普通 中 低 常规 正常 medium moderate low lowest minor trivial planning p3 p4 p5',
})

const complexities = words({
  ordinary: '普通 简单 一般 常规 simple normal easy standard',
  complex: '复杂 疑难 difficult hard',
})

const feedbackStatuses = words({
  open: '待处理 未处理 新建 new todo pending 待跟进',
  in_progress: '处理中 跟进中 进行中 processing inprogress working',
  followed_up: '已回访 已跟进 followedup 回访完成',
  closed: '已关闭 关闭 已完成 已解决 完成 done resolved solved 已结案 结案',
})

const inspectionKinds = words({
  inspection: '质检 录音质检 会话质检 工单质检 qa review',
  mystery_shopper: '神秘顾客 神秘客 暗访 mysteryshopper mystery',
})

const trainingKinds = words({
  training: '培训 培训学习 学习 课程 内训 外训 内部培训 外部培训 train course class lesson',
  exam: '考试 考核 测试 测验 认证 认证考试 技能考核 技能考试 test assessment certification',
})

const messageSenders = words({
  customer: '客户 顾客 用户 访客 买家 消费者 接收 user visitor buyer client incoming inbound contact 0',
  agent:
    '客服 坐席 座席 人工 人工客服 商家 卖家 发送 staff operator human employee outgoing outbound waiter 1',
  automatic: '自动 自动回复 机器人 智能客服 系统 系统消息 欢迎语 bot robot system auto autoreply chatbot',
})

const costKinds = words({
  labour: '人工 人工费 人工成本 工时费 劳务 劳务费 服务费 labor labourcost laborcost wages',
  parts: '配件 配件费 备件 备件费 零件 零件费 材料 材料费 物料 part spareparts material materials',
  travel: '差旅 差旅费 交通 交通费 路费 上门费 运费 物流费 住宿费 transport transportation freight shipping',
  compensation: '补偿 补偿费 赔偿 赔偿费 赔付 赔付金额 退款 折让 refund goodwill indemnity',
})

const channels = words({
  phone: '电话 热线 来电 电话回访 电话投诉 客服热线 呼叫中心 call telephone voice hotline callcenter',
  chat: '在线 在线客服 在线聊天 即时通讯 聊天 livechat messaging im onlinechat 网页聊天',
  email: '邮件 邮箱 电子邮件 e-mail mail',
  social: '社交媒体 社交媒体评论 微博 微信 公众号 抖音 wechat weibo twitter facebook socialmedia',
  store: '门店 线下 现场 服务网点 网点 到店 上门 offline walkin inperson',
  web: '网站 官网 网页 在线问卷 website portal selfservice 自助服务 在线表单 webform form',
  app: 'APP 手机应用 客户端 移动端 mobile 小程序 mobileapp',
  ecommerce: '电商平台 在线评价平台 电商评论 电商 网店 marketplace onlineshop',
  suggestion_box: '意见箱 suggestionbox',
  complaint: '投诉',
})

const classes = words({
  repair: '故障维修 维修 故障 报修',
  consultation: '使用咨询 咨询',
  complaint: '服务投诉 投诉',
  suggestion: '建议反馈 建议',
})

export function parsePriority(cell: Cell): Parsed<string> {
  return oneOf(cell, priorities, ['紧急、重要、一般', '紧急 urgent, 重要 important or 一般 normal'])
}

export function parseComplexity(cell: Cell): Parsed<string> {
  return oneOf(cell, complexities, ['普通、复杂', '普通 ordinary or 复杂 complex'])
}

export function parseFeedbackStatus(cell: Cell): Parsed<string> {
  return oneOf(cell, feedbackStatuses, ['待处理、处理中、已回访、已关闭', '待处理, 处理中, 已回访 or 已关闭'])
}

export function parseInspectionKind(cell: Cell): Parsed<string> {
  return oneOf(cell, inspectionKinds, ['质检、神秘顾客', '质检 inspection or 神秘顾客 mystery shopper'])
}

export function parseTrainingKind(cell: Cell): Parsed<string> {
  return oneOf(cell, trainingKinds, ['培训、考试', '培训 training or 考试 exam'])
}

export function parseMessageSender(cell: Cell): Parsed<string> {
  return oneOf(cell, messageSenders, [
    '客户、客服、自动回复',
    '客户 customer, 客服 agent or 自动回复 automatic',
  ])
}

export function parseCostKind(cell: Cell): Parsed<string> {
  return oneOf(cell, costKinds, [
    '人工、配件、差旅、补偿',
    '人工 labour, 配件 parts, 差旅 travel or 补偿 compensation',
  ])
}

/** One of our channels, or the organization's own word as it stands. */
export function parseChannel(cell: Cell): Parsed<string> {
  const parsed = parseText(cell)
  if ('fault' in parsed) return parsed
  return { ...parsed, value: lookUp(channels, parsed.value) ?? parsed.value }
}

/** What is not known is told with what would be. */
function oneOf(cell: Cell, known: Words, [zh, en]: [zh: string, en: string]): Parsed<string> {
  const fault = cellFault(cell)
  if (fault) return { fault }
  const text = cellText(cell)
  const value = lookUp(known, text)
  if (value !== undefined) return { value }
  const unknown = trouble('unknown_word', text.slice(0, 60))
  return { fault: { ...unknown, zh: `${unknown.zh}。可用：${zh}`, en: `${unknown.en}; write ${en}` } }
}

/** A file repeats few words many times: each is compared once. */
function lookUp(known: Words, word: string): string | undefined {
  const exact = known.get(word)
  if (exact !== undefined) return exact
  const answers = remembered.get(known) ?? new Map<string, string | undefined>()
  if (!answers.has(word)) {
    if (answers.size > 5000) answers.clear()
    answers.set(word, known.get(wordKey(word)))
    remembered.set(known, answers)
  }
  return answers.get(word)
}

const remembered = new WeakMap<Words, Map<string, string | undefined>>()

export interface Category {
  /** `repair`, `consultation`, `complaint`, `suggestion`, or the organization's own word. */
  category: string
  subcategory: string | null
}

/**
 * `故障维修-硬件` in two levels. A hyphen between Latin letters ("Wi-Fi") belongs to the word, unless one of the four
 * classes stands before it.
 */
export function parseCategory(cell: Cell): Parsed<Category> {
  const parsed = parseText(cell)
  if ('fault' in parsed) return parsed
  const text = parsed.value
  const hyphen = splitAt(text)
  const first = hyphen < 0 ? text : text.slice(0, hyphen).trim()
  const subcategory = hyphen < 0 ? '' : text.slice(hyphen + 1).trim()
  return { value: { category: lookUp(classes, first) ?? first, subcategory: subcategory || null } }
}

function splitAt(text: string): number {
  const hyphen = text.search(/[-－—–]/)
  if (hyphen <= 0) return -1
  const [before = '', after = ''] = [text[hyphen - 1], text[hyphen + 1]]
  const inWord = /[a-z0-9]/i.test(before) && /[a-z0-9]/i.test(after)
  return inWord && lookUp(classes, text.slice(0, hyphen)) === undefined ? -1 : hyphen
}

const yes = new Set([
  '是',
  'y',
  'yes',
  'true',
  't',
  '1',
  '及时',
  '达标',
  '按时',
  '有',
  '对',
  '√',
  '✓',
  'met',
  'achieved',
  'within',
  'withinsla',
  '通过',
  '合格',
  '及格',
  '在岗',
  '出勤',
  '到岗',
  '持证',
  '有证',
  'pass',
  'passed',
])
const no = new Set([
  '否',
  'n',
  'no',
  'false',
  'f',
  '0',
  '超时',
  '未达标',
  '逾期',
  '无',
  '错',
  '×',
  '✗',
  '不及时',
  'violated',
  'breached',
  'missed',
  'overdue',
  'slaviolated',
  '未通过',
  '不通过',
  '不合格',
  '不及格',
  '不在岗',
  '未到岗',
  '缺勤',
  '请假',
  '休息',
  '旷工',
  '未持证',
  '无证',
  '未合格',
  'fail',
  'failed',
])

export function parseBoolean(cell: Cell): Parsed<boolean> {
  if (typeof cell === 'boolean') return { value: cell }
  const fault = cellFault(cell)
  if (fault) return { fault }
  const text = cellText(cell)
  const key = text.length < 24 ? wordKey(text) : ''
  if (yes.has(key)) return { value: true }
  return no.has(key) ? { value: false } : { fault: trouble('not_a_boolean', text.slice(0, 60)) }
}
