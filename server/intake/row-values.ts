import { aboutOrder } from '../cases/index.ts'
import type { FactRow } from '../platform/fact-table.ts'
import type { AnsweredOrder } from './answered-orders.ts'
import { itemsOf } from './item-columns.ts'
import type { RowRecord } from './rows.ts'

export const feedbackValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...takenBy('feedback', order),
  ...pick(record, [
    'problem',
    'channel',
    'status',
    'suggestion',
    'replied_at',
    'received_at',
    'category',
    'subcategory',
  ]),
  ...('score' in record ? { score: decimal(record.score) } : {}),
  ...('received_month_only' in record ? { received_month_only: record.received_month_only === true } : {}),
})

export function inspectionValues(record: RowRecord, order: AnsweredOrder | undefined): FactRow {
  const items = itemsOf(record)
  return {
    ...takenBy('inspection', order),
    ...pick(record, [
      'kind',
      'channel',
      'inspected_at',
      'contact_at',
      'inspector',
      'form',
      'fields_right',
      'fields_inspected',
      'nodes_right',
      'nodes_inspected',
      'remark',
      'excluded_reason',
    ]),
    ...('contact_number' in record ? { contact_external_id: textOf(record.contact_number) } : {}),
    ...('score' in record ? { score_given: decimal(record.score) } : {}),
    ...(items === undefined ? {} : { items }),
    ...orderNumber(record, order),
  }
}

export const trainingValues = (record: RowRecord): FactRow =>
  pick(record, ['kind', 'course', 'held_at', 'hours', 'score', 'passed', 'excluded_reason'])
export const purchaseValues = (record: RowRecord): FactRow => ({
  ...pick(record, ['channel', 'ordered_at', 'excluded_reason']),
  ...('amount' in record ? { amount: decimal(record.amount) } : {}),
})

export const attendanceValues = (record: RowRecord): FactRow => ({
  ...pick(record, ['worked_at', 'scheduled_hours', 'worked_hours', 'qualified', 'excluded_reason']),
  ...('on_duty' in record ? { on_duty_given: record.on_duty ?? null } : {}),
})

const textOf = (value: RowRecord[string]): string | null => (typeof value === 'string' ? value : null)

export const contactValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...takenBy('contact', order),
  ...pick(record, ['channel', 'started_at', 'answered_at', 'rings', 'ended_at', 'excluded_reason']),
  ...orderNumber(record, order),
})

export const messageValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...takenBy('message', order),
  ...pick(record, ['conversation', 'sender', 'sent_at', 'channel', 'excluded_reason']),
  ...orderNumber(record, order),
})

export const costValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...takenBy('cost', order),
  ...pick(record, ['kind', 'incurred_at', 'excluded_reason']),
  ...('amount' in record ? { amount: decimal(record.amount) } : {}),
  ...orderNumber(record, order),
})

export const invitationValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...takenBy('invitation', order),
  ...pick(record, ['channel', 'round', 'sent_at', 'excluded_reason']),
  ...('submitted_at' in record ? { submitted_given_at: record.submitted_at ?? null } : {}),
  ...orderNumber(record, order),
})

const without = (...names: readonly string[]) => aboutOrder.filter((name) => !names.includes(name))
const about = without('unit_id', 'agent_id', 'channel', 'customer_id')

/** What each kind of record takes over from the order it names, where its own file says nothing. */
export const fromOrder = {
  feedback: aboutOrder,
  response: aboutOrder,
  invitation: aboutOrder,
  inspection: aboutOrder,
  // Who took the contact the order does not say: a call nobody answered is nobody's.
  contact: [...about, 'customer_id'],
  // What a message is about the order says; who wrote it, and by which channel, it does not.
  message: about,
  cost: without('customer_id'),
} as const

/** Whose a record is and what it is about, from the order it names. */
export const takenBy = (kind: keyof typeof fromOrder, order: AnsweredOrder | undefined): FactRow =>
  order ? Object.fromEntries(fromOrder[kind].map((name) => [name, order[name] ?? null])) : {}

export const orderNumber = (record: RowRecord, order: AnsweredOrder | undefined): FactRow =>
  'work_order' in record
    ? {
        work_order_external_id: (record.work_order ?? null) as string | null,
        work_order_id: order?.id ?? null,
      }
    : {}

export const decimal = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value)

export const pick = (record: RowRecord, names: string[]): FactRow =>
  Object.fromEntries(names.flatMap((name) => (name in record ? [[name, record[name] ?? null]] : [])))
