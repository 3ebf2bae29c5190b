import type { FactRow } from '../platform/fact-table.ts'
import type { AnsweredOrder } from './answered-orders.ts'
import { itemsOf } from './item-columns.ts'
import type { RowRecord } from './rows.ts'

export const feedbackValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...takenOver(order),
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
    ...takenOver(order),
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

/** Who took the contact the order does not say: a call nobody answered is nobody's. */
export const contactValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => {
  const { unit_id: _unit, agent_id: _agent, channel: _channel, ...about } = takenOver(order)
  return {
    ...about,
    ...pick(record, ['channel', 'started_at', 'answered_at', 'rings', 'ended_at', 'excluded_reason']),
    ...orderNumber(record, order),
  }
}

/** What a message is about the order says; who wrote it, and by which channel, it does not. */
export const messageValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...aboutOf(order),
  ...pick(record, ['conversation', 'sender', 'sent_at', 'channel', 'excluded_reason']),
  ...orderNumber(record, order),
})

export const costValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => {
  const { customer_id: _, ...about } = takenOver(order)
  return {
    ...about,
    ...pick(record, ['kind', 'incurred_at', 'excluded_reason']),
    ...('amount' in record ? { amount: decimal(record.amount) } : {}),
    ...orderNumber(record, order),
  }
}

export const invitationValues = (record: RowRecord, order: AnsweredOrder | undefined): FactRow => ({
  ...takenOver(order),
  ...pick(record, ['channel', 'round', 'sent_at', 'excluded_reason']),
  ...('submitted_at' in record ? { submitted_given_at: record.submitted_at ?? null } : {}),
  ...orderNumber(record, order),
})

/** Of the order, what a record about it is about; whose the record is stays open. */
function aboutOf(order: AnsweredOrder | undefined): FactRow {
  const {
    unit_id: _unit,
    agent_id: _agent,
    channel: _channel,
    customer_id: _customer,
    ...about
  } = takenOver(order)
  return about
}

/** Whose a record is and what it is about, from the order it names. */
export function takenOver(order: AnsweredOrder | undefined): FactRow {
  if (!order) return {}
  const { id: _, external_id: __, ...dimensions } = order
  return dimensions
}

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
