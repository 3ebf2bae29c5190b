import { eventMeanings } from '../cases/index.ts'
import { civilDay, zone as openZone, type Zone } from '../platform/time.ts'
import type { Kind } from './fields.ts'
import { pointsInRange } from './item-columns.ts'
import type { Mapping } from './mapping.ts'
import type { RowRecord } from './rows.ts'
import type { CompiledColumn } from './rows-columns.ts'
import { type Trouble, trouble } from './values-trouble.ts'

/** What a check of a whole row may say; the column is a field's, or null for the row. */
export interface RowFindings {
  /** Fields whose times came without a time of day. */
  dateOnly: string[]
  reject(field: string | null, fault: Trouble): void
  warn(field: string | null, doubt: Trouble): void
}

export type RowCheck = (record: RowRecord, findings: RowFindings) => void

/** The checks that look at more than one cell. */
export function rowChecks(
  kind: Kind,
  columns: CompiledColumn[],
  mapping: Mapping,
  zoneName: string,
): RowCheck[] {
  const mapped = new Set(columns.map(({ field }) => field.name))
  const place = openZone(zoneName)
  const checks: RowCheck[] = []
  if (kind === 'work-orders') {
    const times = columns.filter(({ field }) => field.type === 'instant').map(({ field }) => field.name)
    checks.push(anyTime(times), ...orderOfTimes(orderCourses, mapped, place))
  }
  if (kind === 'calls') checks.push(...orderOfTimes(callCourses, mapped, place))
  if (kind === 'responses' || kind === 'feedback') checks.push(...orderOfTimes(replyCourses, mapped, place))
  if (kind === 'invitations') checks.push(...orderOfTimes(invitationCourses, mapped, place))
  if (kind === 'inspections') checks.push(pointsInRange)
  if (kind === 'purchases') checks.push(customerPresent)
  if (kind === 'messages') checks.push(numberOfMessage)
  if (kind === 'feedback') checks.push(monthOfNumber(place))
  if (kind === 'events') checks.push(meaningOfActivity(mapping.activities))
  if ((kind === 'work-orders' || kind === 'feedback') && mapped.has('agent')) checks.push(agentPresent)
  return checks
}

function anyTime(times: string[]): RowCheck {
  return (record, { reject }) => {
    for (const time of times) if (record[time] !== null && record[time] !== undefined) return
    reject(null, trouble('no_time'))
  }
}

type Course = [earlier: string, later: string, zh: string, en: string]

const orderCourses: Course[] = [
  ['received_at', 'responded_at', '首次响应早于受理', 'responded before received'],
  ['received_at', 'started_at', '启动处理早于受理', 'started before received'],
  ['received_at', 'resolved_at', '解决早于受理', 'resolved before received'],
  ['received_at', 'confirmed_at', '客户确认早于受理', 'confirmed before received'],
  ['received_at', 'closed_at', '关闭早于受理', 'closed before received'],
  ['responded_at', 'resolved_at', '解决早于首次响应', 'resolved before responded'],
  ['resolved_at', 'reopened_at', '重新打开早于解决', 'reopened before resolved'],
]

const callCourses: Course[] = [
  ['started_at', 'answered_at', '接听早于开始', 'answered before it began'],
  ['started_at', 'ended_at', '结束早于开始', 'ended before it began'],
  ['answered_at', 'ended_at', '结束早于接听', 'ended before it was answered'],
]

/** Of answers and of the feedback ledger. */
const replyCourses: Course[] = [
  ['submitted_at', 'replied_at', '答复客户早于提交', 'replied to before it was submitted'],
  ['received_at', 'replied_at', '答复客户早于反馈', 'replied to before it was received'],
]

const invitationCourses: Course[] = [
  ['sent_at', 'submitted_at', '提交早于发放', 'answered before it was sent'],
]

/** Days are compared where one of the two times knows no more than its day. */
function orderOfTimes(courses: Course[], mapped: Set<string>, place: Zone): RowCheck[] {
  return courses
    .filter(([earlier, later]) => mapped.has(earlier) && mapped.has(later))
    .map(([earlier, later, zh, en]) => {
      const doubt: Trouble = { code: 'negative_duration', zh, en }
      return (record, { dateOnly, warn }) => {
        const [from, to] = [record[earlier], record[later]]
        if (typeof from !== 'number' || typeof to !== 'number' || to >= from) return
        const byDay = dateOnly.includes(later) || dateOnly.includes(earlier)
        if (byDay && place.localDay(to) >= place.localDay(from)) return
        warn(later, doubt)
      }
    })
}

/** A feedback without a time belongs to the month of its number, FX202405001; its day is then the first. */
function monthOfNumber(place: Zone): RowCheck {
  return (record, { reject, warn }) => {
    if (typeof record.received_at === 'number') return
    const found = /^[A-Za-z]{1,6}-?(20\d\d)(0[1-9]|1[0-2])\d{2,6}$/.exec(String(record.external_id ?? ''))
    if (!found) {
      reject(null, trouble('no_time'))
      return
    }
    record.received_at = place.dayStartMs(civilDay(Number(found[1]), Number(found[2]), 1))
    record.received_month_only = true
    warn('external_id', trouble('month_only'))
  }
}

/** Adds `meaning`: what the activity does to the case, or null for a plain event. */
function meaningOfActivity(activities: Mapping['activities']): RowCheck {
  const known = new Map<string, string>(
    activities ? Object.entries(activities) : eventMeanings.map((word) => [word, word]),
  )
  return (record) => {
    record.meaning = known.get(String(record.activity ?? '')) ?? null
  }
}

/** Chat desks seldom number their messages: who wrote when, and in which chat, tells one from the others well enough. */
const numberOfMessage: RowCheck = (record) => {
  if (typeof record.external_id === 'string' && record.external_id !== '') return
  const { conversation, sender, sent_at: sentAt } = record
  record.external_id = `${conversation} ${new Date(Number(sentAt)).toISOString()} ${sender}`
}

const agentPresent: RowCheck = (record, { warn }) => {
  if (record.agent === null) warn('agent', trouble('blank_agent'))
}

/** Where the file has no column of customers, each row says so too. */
const customerPresent: RowCheck = (record, { warn }) => {
  if (record.customer === null || record.customer === undefined) warn('customer', trouble('blank_customer'))
}
