import assert from 'node:assert/strict'
import type { WorkOrder } from '../contract/cases.ts'
import { comingBack, followed, recurring, waitsOf } from './checker-across.ts'
import type { Row } from './checker-rows.ts'
import { DAY, ms } from './checker-times.ts'

export const tellable = ['survey_sent_in_time_rate']
export const quotients = ['utilization_rate', 'tickets_per_agent_day', 'cost_per_ticket']

/** Points of the full ones over the items of some groups, of 100; 0 where a veto item of them failed. */
const inspected =
  (of: (group: string) => boolean): Formula =>
  ({ inspection: one }) => {
    if (!one?.items) return null
    let [points, full, vetoed] = [0, 0, false]
    for (const line of one.items.split('\n')) {
      const [, group = '', inside = '', found = ''] = /^([^-]+)-.*\(([^)]+)\): (.+)$/.exec(line) ?? []
      if (!of(group)) continue
      if (inside === '否决') vetoed ||= found !== '通过'
      else [points, full] = [points + Number(found), full + Number(inside)]
    }
    if (full === 0) return null
    // Kept to three decimals each.
    const value = vetoed ? 0 : Math.round((points / full) * 100_000) / 1000
    return { at: ms(one.contactAt ?? one.inspectedAt), value }
  }

/**
 * What one row gives to a measure: the day it counts on, its value and, where it is not one, its n; else nothing. Of a quotient
 * a row stands above the line, below it, above it and as one below, as one below lacking what it would add above, or
 * nowhere, as it lacks the field. Where none `tells`, a figure of `tellable` is unknown.
 */
type Share = {
  at: number
  value: number
  n?: number
  stands?: 'below' | 'both' | 'lacking' | 'nowhere'
  tells?: true
} | null
type Formula = (row: Row) => Share

const known = (...all: number[]): boolean => all.every((one) => !Number.isNaN(one))
/** Limits are judged as of this instant. */
let now = 0

/** mean(end − start) in a unit, on the day of one of them. */
const duration =
  (
    start: (o: WorkOrder) => string | null,
    end: (o: WorkOrder) => string | null,
    on: 'start' | 'end',
    unit: number,
    only: (o: WorkOrder) => boolean = () => true,
  ): Formula =>
  ({ order }) => {
    if (!order || !only(order)) return null
    const [from, to] = [ms(start(order)), ms(end(order))]
    if (!known(from, to) || to < from) return null
    return { at: on === 'start' ? from : to, value: (to - from) / unit }
  }

/** Within the limit or not, on the day of the earlier of done and due. */
const inTime =
  (
    done: (o: WorkOrder) => string | null,
    due: (o: WorkOrder) => string | null,
    doneAnyway: (o: WorkOrder) => boolean = () => false,
  ): Formula =>
  ({ order }) => {
    if (!order) return null
    const [at, limit] = [ms(done(order)), ms(due(order))]
    if (!known(limit)) return null
    if (!known(at)) return limit > now || doneAnyway(order) ? null : { at: limit, value: 0 }
    if (at < ms(order.receivedAt)) return null
    return { at: Math.min(at, limit), value: at <= limit ? 1 : 0 }
  }

const item =
  (name: 'responseSpeed' | 'resolutionEfficiency' | 'attitude' | 'professionalism' | 'recommend') =>
  (value: (score: number) => number): Formula =>
  ({ rating }) => {
    const score = rating?.response?.[name]
    return score == null ? null : { at: ms(rating?.at), value: value(score) }
  }
const same = (score: number) => score
const overall =
  (value: (score: number) => number): Formula =>
  ({ rating }) =>
    rating?.overall == null ? null : { at: ms(rating.at), value: value(rating.overall) }

/** A low score or a suggestion, told what came of it within the limit or not; who asks for what is found here anew. */
const closed =
  (of: 'any' | 'score' | 'suggestion'): Formula =>
  ({ rating }) => {
    const one = rating?.response ?? rating?.feedback
    if (!rating || !one) return null
    const { response: r, feedback: f } = rating
    const items = r
      ? [r.overall, r.responseSpeed, r.resolutionEfficiency, r.attitude, r.professionalism, r.channelEase]
      : []
    const scores = [...items, r?.handlingQuality, f?.score].flatMap((score) => score ?? [])
    const low = scores.some((score) => score <= 3)
    const said = !/^(|无|没有|none)$/i.test((one.suggestion ?? '').replaceAll(/[\s。，]/g, ''))
    if (of === 'score' ? !low : of === 'suggestion' ? !said : !low && !said) return null
    const [from, at, limit] = [ms(rating.at), ms(one.repliedAt), ms(one.replyDueAt)]
    const followedUp = f?.status === 'closed' || f?.status === 'followed_up'
    if (f?.receivedMonthOnly || (followedUp && !known(at))) return null
    assert.ok(known(limit), `${one.externalId} has a limit`)
    if (!known(at)) return limit > now ? null : { at: limit, value: 0 }
    return at < from ? null : { at: Math.min(at, limit), value: at <= limit ? 1 : 0 }
  }

const reopenedSoon = (order: WorkOrder): boolean =>
  order.reopenedAt
    ? ms(order.reopenedAt) - ms(order.resolvedAt) <= 7 * DAY || (order.reopenCount ?? 0) > 1
    : (order.reopenCount ?? 0) > 0

/** Those of the first response; an order that was handed on gives them to who responded. */
export const ofTheResponse = new Set([
  'first_response_minutes',
  'complaint_response_minutes',
  'response_in_time_rate',
  'response_timeouts',
])

/** Opened again, an order is judged by these once more. */
export const ofEpisodes = new Set([
  'resolution_in_time_rate',
  'resolution_timeouts',
  'complaint_in_time_rate',
])

const respondedLate = inTime(
  (o) => o.respondedAt,
  (o) => o.responseDueAt,
)
const resolvedLate = inTime(
  (o) => o.resolvedAt,
  (o) => o.resolutionDueAt,
)
const solved = (order: WorkOrder) => order.resolvedAt !== null
const arrivedLate = inTime(
  (o) => o.arrivedAt,
  (o) => o.onsiteDueAt,
  solved,
)

const calledBack = inTime(
  (o) => o.followedUpAt,
  (o) => o.followUpDueAt,
)
/** As somebody would compare two words: without spaces, signs and case. */
const plainly = (text: string | null): string => (text ?? '').toLowerCase().replaceAll(/[\s\-_,.，。、]/g, '')

export function formulas(all: Row[], asOf: number): Record<string, Formula> {
  now = asOf
  const rows = all.filter(({ part }) => part !== 'episode')
  const came = followed(rows)
  const faulty = recurring(rows, 'repair', (o) => o.serial ?? undefined, true)
  const again = comingBack(rows)
  const waits = waitsOf(rows)
  const costed = new Set(
    rows.flatMap(({ cost, excluded }) => (cost?.workOrder && !excluded ? [cost.workOrder.externalId] : [])),
  )
  const complained = recurring(rows, 'complaint', (o) => o.customer?.code, false)
  const mode =
    (words: RegExp): Formula =>
    ({ order: o }) =>
      o?.resolvedAt && o.resolutionMode !== null
        ? { at: ms(o.resolvedAt), value: words.test(o.resolutionMode) ? 1 : 0 }
        : null
  const settledOrDue = (o: WorkOrder) =>
    o.category === 'complaint' && (o.resolvedAt !== null || ms(o.resolutionDueAt) <= now)
  const settledDay = (o: WorkOrder) =>
    Math.min(ms(o.resolvedAt ?? o.resolutionDueAt), ms(o.resolutionDueAt ?? o.resolvedAt))
  const once = (o: WorkOrder) =>
    o.contactCount === 1 && (o.reopenCount ?? 0) === 0 && o.reopenedAt === null && !came.has(o.id)
  return {
    ...own,
    first_response_minutes: duration(
      (o) => o.receivedAt,
      (o) => o.respondedAt,
      'start',
      60_000,
    ),
    response_in_time_rate: respondedLate,
    response_timeouts: respondedLate,
    start_in_time_rate: inTime(
      (o) => o.startedAt,
      (o) => o.startDueAt,
      solved,
    ),
    plan_in_time_rate: inTime(
      (o) => o.planConfirmedAt,
      (o) => o.planDueAt,
      solved,
    ),
    handling_hours: duration(
      (o) => o.startedAt,
      (o) => o.resolvedAt,
      'end',
      3_600_000,
    ),
    resolution_hours: duration(
      (o) => o.receivedAt,
      (o) => o.resolvedAt,
      'end',
      3_600_000,
    ),
    fault_repair_hours: duration(
      (o) => o.faultIdentifiedAt,
      (o) => o.resolvedAt,
      'end',
      3_600_000,
      (o) => o.category === 'repair',
    ),
    resolution_in_time_rate: resolvedLate,
    resolution_timeouts: resolvedLate,
    first_contact_resolution: ({ order: o }) =>
      o?.resolvedAt && o.contactCount !== null ? { at: ms(o.resolvedAt), value: once(o) ? 1 : 0 } : null,
    fcr_all_rate: ({ order: o }) =>
      o?.receivedAt && !(o.resolvedAt && o.contactCount === null)
        ? { at: ms(o.receivedAt), value: o.resolvedAt && once(o) ? 1 : 0 }
        : null,
    resolution_rate: ({ order: o }) =>
      o?.receivedAt ? { at: ms(o.receivedAt), value: o.resolvedAt && !reopenedSoon(o) ? 1 : 0 } : null,
    reopen_rate: ({ order: o }) =>
      o?.resolvedAt ? { at: ms(o.resolvedAt), value: reopenedSoon(o) ? 1 : 0 } : null,
    repair_rate: ({ order: o }) =>
      o?.category === 'repair' && (o.closedAt || o.resolvedAt)
        ? { at: ms(o.closedAt ?? o.resolvedAt), value: o.resolvedAt && !reopenedSoon(o) ? 1 : 0 }
        : null,
    first_time_fix_rate: ({ order: o }) =>
      o?.category === 'repair' && o.resolvedAt && o.serial && o.visits !== null
        ? { at: ms(o.resolvedAt), value: o.visits < 2 && !reopenedSoon(o) && !again.has(o.id) ? 1 : 0 }
        : null,
    onsite_in_time_rate: (row) => {
      const { order: o } = row
      const remote = o?.visits === 0 || (o?.visits === null && /remote|远程/i.test(o.resolutionMode ?? ''))
      if (o?.resolvedAt && !o.arrivedAt && remote) return null
      return arrivedLate(row)
    },
    diagnosis_accuracy_rate: ({ order: o }) => {
      const end = o?.resolvedAt ?? o?.closedAt
      if (!o || !end || !o.firstDiagnosis || !o.finalCause) return null
      return { at: ms(end), value: plainly(o.firstDiagnosis) === plainly(o.finalCause) ? 1 : 0 }
    },
    repair_accuracy_rate: ({ order: o }) =>
      o?.category === 'repair' && o.resolvedAt && o.redone !== null
        ? { at: ms(o.resolvedAt), value: o.redone ? 0 : 1 }
        : null,
    plan_accuracy_rate: ({ order: o }) => {
      const end = o?.resolvedAt ?? o?.closedAt
      if (!o || !end || !o.planConfirmedAt || o.planReplaced === null) return null
      return { at: ms(end), value: o.resolvedAt && !reopenedSoon(o) && !o.planReplaced ? 1 : 0 }
    },
    parts_fill_rate: ({ order: o }) =>
      o?.partsRequested && o.partsFilled !== null
        ? { at: ms(o.occurredAt), value: o.partsFilled, n: o.partsRequested }
        : null,
    knowledge_use_rate: ({ order: o }) =>
      o?.resolvedAt && (o.article || o.articleUsed !== null)
        ? { at: ms(o.resolvedAt), value: o.article || o.articleUsed ? 1 : 0 }
        : null,
    follow_up_rate: calledBack,
    low_score_closed_in_time_rate: closed('any'),
    'low_score_closed_in_time_rate:score': closed('score'),
    'low_score_closed_in_time_rate:suggestion': closed('suggestion'),
    repeat_fault_rate: ({ order: o }) =>
      o?.category === 'repair' && o.receivedAt && o.serial
        ? { at: ms(o.receivedAt), value: faulty.has(o.id) ? 1 : 0 }
        : null,
    remote_resolution_rate: mode(/remote|远程/i),
    self_service_rate: mode(/self[ _-]?(service|help|solved)|自助|自行解决/i),
    response_minutes: ({ message: one }) => {
      const since = one && waits.get(one.id)
      return one && since !== undefined ? { at: since, value: (ms(one.sentAt) - since) / 60_000 } : null
    },
    cost_per_ticket: ({ order: o, cost: one }) => {
      if (one) return { at: ms(one.incurredAt), value: Number(one.amount) }
      if (!o?.resolvedAt) return null
      const at = ms(o.resolvedAt)
      if (o.cost === null) return { at, value: 0, stands: 'lacking' }
      return costed.has(o.externalId)
        ? { at, value: 1, stands: 'below' }
        : { at, value: Number(o.cost), stands: 'both' }
    },
    complaint_rate: ({ order: o }) =>
      o?.receivedAt ? { at: ms(o.receivedAt), value: o.category === 'complaint' ? 1 : 0 } : null,
    complaint_response_minutes: duration(
      (o) => o.receivedAt,
      (o) => o.respondedAt,
      'start',
      60_000,
      (o) => o.category === 'complaint',
    ),
    complaint_in_time_rate: (row) => (row.order?.category === 'complaint' ? resolvedLate(row) : null),
    complaint_handling_rate: ({ order: o }) =>
      o && settledOrDue(o) ? { at: settledDay(o), value: o.resolvedAt ? 1 : 0 } : null,
    complaint_resolution_rate: ({ order: o }) => {
      if (!o || !settledOrDue(o)) return null
      if (!o.resolvedAt || reopenedSoon(o)) return { at: settledDay(o), value: 0 }
      return o.confirmedAt ? { at: settledDay(o), value: 1 } : null
    },
    repeat_complaint_rate: ({ order: o }) =>
      o?.category === 'complaint' && o.receivedAt && o.customer
        ? { at: ms(o.receivedAt), value: complained.has(o.id) ? 1 : 0 }
        : null,
    record_completeness: ({ order: o }) =>
      o ? { at: ms(o.occurredAt), value: o.filledFields, n: o.requiredFields } : null,
    inspection_score: inspected(() => true),
    etiquette_score: inspected((group) => group === '礼仪'),
    wording_score: inspected((group) => group === '用语'),
    // The demo has no visits of shoppers: nothing is what both must say.
    mystery_shopper_score: () => null,
    process_compliance_rate: ({ inspection: one }) =>
      one?.nodesInspected
        ? { at: ms(one.contactAt ?? one.inspectedAt), value: one.nodesRight!, n: one.nodesInspected }
        : null,
    record_accuracy_rate: ({ inspection: one }) =>
      one?.fieldsInspected
        ? { at: ms(one.contactAt ?? one.inspectedAt), value: one.fieldsRight!, n: one.fieldsInspected }
        : null,
    training_hours: ({ training: one }) =>
      one?.kind === 'training' ? { at: ms(one.heldAt), value: one.hours! } : null,
    exam_pass_rate: ({ training: one }) =>
      typeof one?.passed === 'boolean' ? { at: ms(one.heldAt), value: one.passed ? 1 : 0 } : null,
    utilization_rate: ({ order: o, workingDay: one }) => {
      if (one) return { at: ms(one.workedAt), value: one.scheduledHours, stands: 'below' }
      const [from, to] = [ms(o?.startedAt), ms(o?.resolvedAt)]
      if (known(to) && !known(from)) return { at: to, value: 0, stands: 'nowhere' }
      return known(to) && to >= from ? { at: to, value: (to - from) / 3_600_000 } : null
    },
    tickets_per_agent_day: ({ order: o, workingDay: one }) => {
      if (one) return one.onDuty ? { at: ms(one.workedAt), value: 1, stands: 'below' } : null
      return o?.resolvedAt ? { at: ms(o.resolvedAt), value: 1 } : null
    },
    qualified_on_duty_rate: ({ workingDay: one }) =>
      one?.onDuty && one.qualified !== null ? { at: ms(one.workedAt), value: one.qualified ? 1 : 0 } : null,
    survey_response_rate: ({ invitation: one }) =>
      one && !one.reminder ? { at: ms(one.sentAt), value: one.submittedAt ? 1 : 0 } : null,
    survey_sent_in_time_rate: ({ order: o }) => {
      if (!o?.confirmedAt) return null
      const [sent, due] = [ms(o.surveySentAt), ms(o.confirmedAt) + DAY]
      if (!known(sent)) return due > now ? null : { at: due, value: 0 }
      return { at: Math.min(sent, due), value: sent <= due ? 1 : 0, tells: true }
    },
    complaint_satisfaction: ({ rating, category }) => {
      const { channelEase, responseSpeed, handlingQuality } = rating?.response ?? {}
      const said = [channelEase, responseSpeed, handlingQuality].filter((one) => typeof one === 'number')
      if (said.length === 0 || category?.split('-')[0] !== 'complaint') return null
      return { at: ms(rating?.at), value: said.reduce((sum, one) => sum + one, 0) / said.length }
    },
    answer_rate: ({ contact: one }) =>
      one ? { at: ms(one.startedAt), value: one.answeredAt ? 1 : 0 } : null,
    answer_in_standard_rate: ({ contact: one }) => {
      if (!one || (one.channel !== 'chat' && (one.channel !== 'phone' || one.rings === null))) return null
      const waited = ms(one.answeredAt) - ms(one.startedAt)
      const good = one.channel === 'chat' ? waited <= 10_000 : one.answeredAt !== null && one.rings! <= 3
      return one.channel === 'chat' && waited < 0 ? null : { at: ms(one.startedAt), value: good ? 1 : 0 }
    },
    experience_score: overall(same),
    csat_rate: overall((score) => (score >= 4 ? 1 : 0)),
    'item_score:response_speed': item('responseSpeed')(same),
    'item_score:resolution_efficiency': item('resolutionEfficiency')(same),
    'item_score:attitude': item('attitude')(same),
    'item_score:professionalism': item('professionalism')(same),
    nps: item('recommend')((score) => (score >= 9 ? 1 : score <= 6 ? -1 : 0)),
  }
}

/** Measures composed as an organization would; what they give stands in `formulas` by other code. */
export const ownMeasures = [
  {
    ...{ code: 'slow_by_phone', nameZh: '电话慢响应占比', nameEn: 'Slow by phone', better: 'lower' },
    definition: {
      ...{ facts: 'work_order', day: 'receivedAt' },
      where: [
        { field: 'channel', comparison: 'is', values: ['phone'] },
        { field: 'respondedAt', comparison: 'filled', values: [] },
      ],
      aggregate: {
        kind: 'share',
        meeting: [{ field: 'receivedAt', until: 'respondedAt', comparison: '>', values: ['30'] }],
      },
    },
  },
  {
    ...{ code: 'spent', nameZh: '非投诉费用', nameEn: 'Spent but on complaints', better: 'lower' },
    definition: {
      ...{ facts: 'work_order', day: 'resolvedAt' },
      where: [{ field: 'category', comparison: 'not', values: ['complaint'] }],
      aggregate: { kind: 'sum', of: { field: 'cost' } },
    },
  },
  {
    ...{ code: 'to_plan', nameZh: '到方案时长', nameEn: 'Time to the plan', better: 'lower' },
    definition: {
      ...{ facts: 'work_order', day: 'planConfirmedAt', where: [], timeUnit: 'h' },
      aggregate: { kind: 'mean', of: { field: 'receivedAt', until: 'planConfirmedAt' } },
    },
  },
  {
    ...{ code: 'dear_purchases', nameZh: '大额购买', nameEn: 'Dear purchases', better: 'none' },
    definition: {
      ...{ facts: 'purchase', day: 'orderedAt' },
      where: [{ field: 'amount', comparison: '>=', values: ['99.99'] }],
      aggregate: { kind: 'count' },
    },
  },
]

const own: Record<string, Formula> = {
  'own:slow_by_phone': ({ order: o }) =>
    o?.channel === 'phone' && o.receivedAt && o.respondedAt
      ? { at: ms(o.receivedAt), value: ms(o.respondedAt) - ms(o.receivedAt) > 30 * 60_000 ? 1 : 0 }
      : null,
  'own:spent': ({ order: o }) =>
    o?.resolvedAt && o.category !== 'complaint' && o.cost !== null
      ? { at: ms(o.resolvedAt), value: Number(o.cost) }
      : null,
  'own:to_plan': duration(
    (o) => o.receivedAt,
    (o) => o.planConfirmedAt,
    'end',
    3_600_000,
  ),
  'own:dear_purchases': ({ purchase: p }) =>
    p && p.amount !== null && Number(p.amount) >= 99.99 ? { at: ms(p.orderedAt), value: 0 } : null,
}
