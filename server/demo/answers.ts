import { DAY_MS } from '../platform/time.ts'
import { southRepair, strugglingName } from './company.ts'
import type { Dice } from './dice.ts'
import { settleRatings } from './months.ts'
import type { Calendar, DemoOrder } from './orders.ts'
import { paperJam } from './problems.ts'

export interface DemoAnswer {
  order: DemoOrder
  submittedMs: number
  overall: number
  /** 响应速度, 解决效率, 服务态度, 专业性. */
  items: [number, number, number, number]
  recommend: number
  suggestion: string
}

export const answerCount = 430

/** Who answered the questionnaire, and how: after a long wait customers are less content. */
export function drawAnswers(
  chance: Dice,
  calendar: Calendar,
  orders: DemoOrder[],
  feedback: DemoFeedback[],
): DemoAnswer[] {
  const able = orders.flatMap((order) => {
    const submittedMs = (order.resolvedMs ?? 0) + chance.between(2, 44) * 3_600_000
    if (order.resolvedMs === null || submittedMs > calendar.nowMs) return []
    const asked = mustAnswer(order)
    if (!asked && inSmallMonth(calendar, order, submittedMs)) return []
    return [{ order, submittedMs, rank: asked ? -1 : chance.next() }]
  })
  let low = 0
  const rated = able
    .sort((a, b) => a.rank - b.rank)
    .slice(0, answerCount)
    .sort((a, b) => a.submittedMs - b.submittedMs)
    .map(({ order, submittedMs }) => {
      const fixed = isStruggling(order)
      const score = fixed ? lowScores[low++ % lowScores.length]! : overallOf(chance, order)
      return { order, atMs: submittedMs, score, fixed }
    })
  const said = feedback.map(({ receivedMs, score }) => ({ atMs: receivedMs, score, fixed: true }))
  settleRatings(chance, calendar, [...rated, ...said])
  return rated.map(({ order, atMs, score }) => {
    const near = () => clamp(score + chance.pick([-1, 0, 0, 0, 1]), 1, 5)
    return {
      order,
      submittedMs: atMs,
      overall: score,
      items: [order.waitMinutes > 60 ? chance.pick([2, 3, 3]) : near(), near(), near(), near()],
      recommend: clamp(score * 2 + chance.pick([-1, 0, 0, 1]), 0, 10),
      suggestion: suggestionOf(chance, order, score),
    }
  })
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

const isStruggling = ({ person, month }: DemoOrder): boolean =>
  person.name === strugglingName && month >= 3 && month <= 5
const lowScores = [3, 4, 2, 4, 3, 5, 3, 4]

const isSmallTeams = ({ person, month }: DemoOrder): boolean => person.team === southRepair && month === 5
const mustAnswer = (order: DemoOrder): boolean => isStruggling(order) || isSmallTeams(order)

/** The southern team's nine answers of that month are all it has in it. */
const inSmallMonth = (
  { zone, monthStarts }: Calendar,
  { person }: DemoOrder,
  submittedMs: number,
): boolean => {
  const day = zone.localDay(submittedMs)
  return person.team === southRepair && day >= monthStarts[5]! && day < monthStarts[6]!
}

function overallOf(chance: Dice, { waitMinutes, month }: DemoOrder): number {
  if (waitMinutes > 60)
    return chance.weighted([
      [5, 15],
      [4, 38],
      [3, 34],
      [2, 13],
    ])
  return chance.weighted([
    [5, month >= 5 ? 58 : 52],
    [4, month >= 5 ? 28 : 31],
    [3, month >= 5 ? 9 : 11],
    [2, 4],
    [1, 1],
  ])
}

function suggestionOf(chance: Dice, { waitMinutes, problem }: DemoOrder, overall: number): string {
  if (overall > 3) return chance.next() < 0.1 ? chance.pick(['服务不错，继续保持', '希望增加微信报修']) : ''
  if (waitMinutes > 60) return chance.pick(['晚上电话很难打通', '晚间要等很久才有人接', '建议增加夜班客服'])
  if (problem.category === paperJam) return chance.pick(['希望一次修好，不要反复卡纸', '修好两天又卡了'])
  return chance.pick(['讲解太快，没听明白', '请提前告知上门时间', '问题处理得不彻底', '希望说明步骤'])
}

export interface DemoFeedback {
  customer: string
  product: string
  problem: string
  channel: string
  status: string
  score: number
  suggestion: string
  /** Blank in the ledger where nobody is named. */
  employeeNo: string
  team: string
  receivedMs: number
}

const usual = 38
const contradicting = 6

/**
 * The feedback ledger. Seven records contradict themselves: closed, while the customer says the problem is not
 * solved. The first two have the shape of the ledger's own sample rows.
 */
export function drawFeedback(chance: Dice, calendar: Calendar, orders: DemoOrder[]): DemoFeedback[] {
  const month = calendar.monthStarts[5]!
  const at = (day: number, hour: number) => calendar.zone.dayStartMs(month + day) + hour * 3_600_000
  const samples: DemoFeedback[] = [
    ledgerRow(
      'A公司',
      'DEMO-A300',
      '卡纸问题未彻底解决',
      '电话回访',
      '已关闭',
      4,
      '建议增加维修培训',
      at(6, 10),
    ),
    ledgerRow('刘个人', 'DEMO-B100', '操作流程复杂', '在线问卷', '处理中', 3, '优化界面引导', at(11, 15)),
  ]
  const told = orders.filter(
    ({ resolvedMs, person }) =>
      resolvedMs !== null && resolvedMs + 4 * DAY_MS < calendar.nowMs && person.team !== southRepair,
  )
  const step = Math.floor(told.length / (usual + contradicting))
  const rows = told
    .filter((_, i) => i % step === step - 1)
    .slice(0, usual + contradicting)
    .map((order, i) => feedbackOn(chance, order, i % 7 === 3))
  return [...samples, ...rows].sort((a, b) => a.receivedMs - b.receivedMs)
}

function ledgerRow(
  customer: string,
  product: string,
  problem: string,
  channel: string,
  status: string,
  score: number,
  suggestion: string,
  receivedMs: number,
): DemoFeedback {
  const team = product === 'DEMO-A300' ? '示例·华东维修组' : '示例·在线组'
  return { customer, product, problem, channel, status, score, suggestion, employeeNo: '', team, receivedMs }
}

function feedbackOn(chance: Dice, order: DemoOrder, contradicts: boolean): DemoFeedback {
  const text = chance.pick(order.problem.texts)
  const score = contradicts ? chance.pick([1, 2]) : overallOf(chance, order)
  return {
    customer: order.customer.name,
    product: order.product.code,
    problem: contradicts ? `${text}，维修后问题未彻底解决` : text,
    channel: chance.pick(['电话回访', '在线问卷', '微信']),
    status: contradicts ? '已关闭' : score <= 3 ? chance.pick(['处理中', '已回访']) : '已关闭',
    score,
    suggestion:
      contradicts || score <= 3 ? chance.pick(['建议增加维修培训', '优化界面引导', '尽快回电']) : '',
    employeeNo: order.person.employeeNo,
    team: order.person.team,
    receivedMs: (order.resolvedMs ?? 0) + chance.between(24, 80) * 3_600_000,
  }
}
