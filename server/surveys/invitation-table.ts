import { aboutOrder } from '../cases/index.ts'
import { bookkeeping, type FactTable } from '../platform/fact-table.ts'
import type { InvitationFact } from './invitation-fact.ts'

/** Invitations to answer a survey. What became of one the responses say: see `linkSurveys`. */
export const invitationTable: FactTable = {
  kind: 'invitation',
  table: 'surveys.invitation',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    work_order_id: 'uuid',
    work_order_external_id: 'text',
    round: 'int',
    unit_id: 'uuid',
    agent_id: 'uuid',
    customer_id: 'uuid',
    product_id: 'uuid',
    channel: 'text',
    category: 'text',
    subcategory: 'text',
    priority: 'text',
    sent_at: 'instant',
    submitted_given_at: 'instant',
    submitted_at: 'instant',
    reminder: 'bool',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: [
    'work_order_id',
    'work_order_external_id',
    'round',
    ...aboutOrder,
    'sent_at',
    'submitted_given_at',
    'excluded_reason',
  ],
  derive: (row) => {
    // Without a round it is the first one.
    row.round ??= 1
    if (Number(row.round) < 1 || Number(row.round) > 99) return noRound
    return row.sent_at === null ? notSent : undefined
  },
  factOf: (row): InvitationFact => ({
    unitId: String(row.unit_id),
    agentId: row.agent_id as string | null,
    productId: row.product_id as string | null,
    category: row.category as string | null,
    subcategory: row.subcategory as string | null,
    channel: row.channel as string | null,
    priority: row.priority as string | null,
    sentAt: Number(row.sent_at),
    submittedAt: row.submitted_at as number | null,
    reminder: row.reminder === true,
    round: Number(row.round),
    excludedReason: row.excluded_reason as string | null,
  }),
}

const notSent = {
  code: 'no_time',
  zh: '没有发放时间，无法归入统计周期。请填写发放时间。',
  en: 'The row does not say when the invitation was sent, so it belongs to no period. Fill in the time.',
}

const noRound = {
  code: 'no_round',
  zh: '调查轮次应为 1–99 的整数：首次调查为 1，工单重新打开后再次调查为 2。',
  en: 'The round is a whole number of 1 to 99: the first survey is 1, the one after a re-opening 2.',
}
