import type { Zone } from '../platform/time.ts'
import { type DemoAnswer, type DemoFeedback, drawAnswers, drawFeedback } from './answers.ts'
import { demoCustomers, demoPeople } from './company.ts'
import { contactRows } from './contacts.ts'
import { costRows } from './costs.ts'
import { type Dice, dice } from './dice.ts'
import { inspectionRows } from './inspections.ts'
import { confirmedAfterMs, invitationRows } from './invitations.ts'
import { messageRows } from './messages.ts'
import { calendarOf, type DemoOrder, drawOrders } from './orders.ts'
import { purchaseRows } from './purchases.ts'
import { repairFields } from './repairs.ts'
import { repliedMs } from './replies.ts'
import { attendanceRows, trainingRows } from './staff.ts'

type Row = Record<string, string>

/** The demo's records as a file's rows, by field name; people stand by employee number, products by code. */
export interface DemoRows {
  orders: Row[]
  responses: Row[]
  feedback: Row[]
  contacts: Row[]
  inspections: Row[]
  purchases: Row[]
  invitations: Row[]
  trainings: Row[]
  attendance: Row[]
  messages: Row[]
  costs: Row[]
}

/**
 * Six full months and the current one so far, dated relative to `now`; the same seed, now and zone give the
 * same rows. 1,240 orders, 430 answers, 46 records of feedback, a call or chat for most orders with the messages of the
 * chats, an inspection of every fifteenth, what the repairs cost, invitations to those who answered and about half of the
 * others, 32 trainings and exams, and the working days of three full months and the current one.
 */
export function demoRows(seed: number, now: Date, zone: Zone): DemoRows {
  const chance = dice(seed)
  const calendar = calendarOf(now, zone)
  const wall = (ms: number | null): string =>
    ms === null ? '' : new Date(ms + zone.offsetMs(ms)).toISOString().slice(0, 19).replace('T', ' ')
  const people = demoPeople(calendar.nightShiftFromDay)
  const orders = drawOrders(chance, calendar, people, demoCustomers(chance))
  const idOf = new Map(orders.map((order, i) => [order, `DEMO${String(i + 1).padStart(4, '0')}`]))
  const feedback = drawFeedback(chance, calendar, orders)
  const answers = drawAnswers(chance, calendar, orders, feedback)
  const ofRepairs = dice(seed + 5)
  const rows = orders.map((order) => {
    const row = orderRow(chance, order, idOf.get(order) ?? '', wall, now.getTime())
    return { ...row, ...repairFields(ofRepairs, order, row, calendar, wall) }
  })
  const atWall = (time: string) => zone.toInstantMs(Date.parse(`${time.replace(' ', 'T')}Z`))
  // By dice of their own: what was drawn before stays as it was.
  const contacts = contactRows(dice(seed + 1), orders, rows, wall)
  const ofReplies = dice(seed + 10)
  const replied = (saidMs: number, scores: number[], suggestion: string): string =>
    suggestion !== '' || Math.min(...scores) <= 3 ? wall(repliedMs(ofReplies, saidMs, now.getTime())) : ''
  return {
    orders: rows,
    responses: answers.map((answer, i) => ({
      ...responseRow(answer, i, idOf.get(answer.order) ?? '', wall),
      replied_at: replied(answer.submittedMs, [answer.overall, ...answer.items], answer.suggestion),
    })),
    feedback: feedbackRows(feedback, wall, ({ status, receivedMs, score, suggestion }) =>
      status === '处理中' ? '' : replied(receivedMs, [score], suggestion),
    ),
    contacts,
    inspections: inspectionRows(dice(seed + 2), orders, rows, wall, now.getTime()),
    purchases: purchaseRows(dice(seed + 3), orders, rows, wall, now.getTime()),
    invitations: invitationRows(
      dice(seed + 4),
      orders,
      rows,
      new Map(answers.map(({ order, submittedMs }) => [order, submittedMs])),
      wall,
      now.getTime(),
    ),
    trainings: trainingRows(dice(seed + 6), calendar, people, wall),
    attendance: attendanceRows(dice(seed + 7), calendar, people),
    messages: messageRows(dice(seed + 8), contacts, atWall, wall, now.getTime()),
    costs: costRows(dice(seed + 9), orders, rows, wall),
  }
}

type Wall = (ms: number | null) => string

/** 模板一 with about one field in seventeen left blank. */
function orderRow(chance: Dice, order: DemoOrder, id: string, wall: Wall, now: number): Row {
  const { problem, resolvedMs } = order
  const done = resolvedMs !== null
  const filled = (text: string, blankShare: number) => (chance.next() < blankShare ? '' : text)
  const whenDone = (text: string) => (done ? text : '')
  const reopened = !order.atOnce && chance.next() < 0.15
  const row: Row = {
    external_id: id,
    customer: filled(order.customer.name, order.returning || order.repeated ? 0 : 0.025),
    contact: order.customer.contact,
    product: order.product.code,
    problem: chance.pick(problem.texts),
    category: problem.category,
    priority: order.complex ? '重要' : order.urgent ? '紧急' : '一般',
    complexity: order.complex ? '复杂' : '普通',
    channel: chance.weighted(channels),
    unit: order.person.team,
    agent: order.person.employeeNo,
    plan: whenDone(filled(chance.pick(problem.plans), 0.18)),
    result: whenDone(filled(chance.pick(problem.results), 0.14)),
    confirmation: whenDone(filled(chance.pick(['确认满意', '确认解决', '电话确认']), 0.24)),
    status: done ? '已关闭' : order.respondedMs === null ? '待处理' : '处理中',
    received_at: wall(order.receivedMs),
    responded_at: wall(order.respondedMs),
    started_at: wall(order.startedMs),
    plan_confirmed_at: wall(order.plannedMs),
    resolved_at: wall(resolvedMs),
    closed_at: wall(resolvedMs),
    fault_identified_at: problem.category.startsWith('故障维修') && done ? wall(order.startedMs) : '',
    contact_count: whenDone(order.atOnce || reopened ? '1' : chance.pick(['2', '2', '3'])),
    reopen_count: whenDone(reopened ? '1' : '0'),
  }
  // Who says so says it somewhat later.
  const confirmed = done && row.confirmation !== '' ? resolvedMs + confirmedAfterMs : null
  row.confirmed_at = wall(confirmed !== null && confirmed <= now ? confirmed : null)
  return row
}

const channels = [
  ['电话', 45],
  ['在线', 25],
  ['微信', 15],
  ['邮件', 10],
  ['门店', 5],
] as const

function responseRow(answer: DemoAnswer, index: number, workOrder: string, wall: Wall): Row {
  const { order, overall, items } = answer
  const [responseSpeed, resolutionEfficiency, attitude, professionalism] = items.map(String)
  return {
    external_id: `DEMO-W${String(index + 1).padStart(4, '0')}`,
    work_order: workOrder,
    submitted_at: wall(answer.submittedMs),
    response_speed: responseSpeed ?? '',
    resolution_efficiency: resolutionEfficiency ?? '',
    attitude: attitude ?? '',
    professionalism: professionalism ?? '',
    overall: String(overall),
    recommend: String(answer.recommend),
    suggestion: answer.suggestion,
    channel: '在线问卷',
    unit: order.person.team,
    agent: order.person.employeeNo,
    product: order.product.code,
  }
}

/** Numbered as the ledger does: FX, the month, and a number within it. */
function feedbackRows(feedback: DemoFeedback[], wall: Wall, replied: (one: DemoFeedback) => string): Row[] {
  const perMonth = new Map<string, number>()
  return feedback.map((one) => {
    const receivedAt = wall(one.receivedMs)
    const month = receivedAt.slice(0, 7).replace('-', '')
    const number = (perMonth.get(month) ?? 0) + 1
    perMonth.set(month, number)
    return {
      external_id: `FX${month}${String(number).padStart(3, '0')}`,
      customer: one.customer,
      product: one.product,
      problem: one.problem,
      channel: one.channel,
      status: one.status,
      score: `${one.score}分`,
      suggestion: one.suggestion,
      replied_at: replied(one),
      agent: one.employeeNo,
      unit: one.team,
      received_at: receivedAt,
    }
  })
}
