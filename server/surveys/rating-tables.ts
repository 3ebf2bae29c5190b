import { aboutOrder } from '../cases/index.ts'
import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { RatingFact } from './rating-fact.ts'
import { type AsksReply, deriveReply, type Judging } from './reply-due.ts'

const shared = {
  id: 'uuid',
  source_id: 'uuid',
  external_id: 'text',
  unit_id: 'uuid',
  agent_id: 'uuid',
  customer_id: 'uuid',
  product_id: 'uuid',
  channel: 'text',
  category: 'text',
  subcategory: 'text',
  priority: 'text',
  suggestion: 'text',
  replied_at: 'instant',
  reply_for: 'text',
  reply_due_at: 'instant',
  reply_unknown: 'verdict',
  clock_at: 'instant',
  next_due_at: 'instant',
  excluded_reason: 'text',
  ...bookkeeping,
} as const
/** What is rated from 1 to 5. */
export const ratedItems = [
  'response_speed',
  'resolution_efficiency',
  'attitude',
  'professionalism',
  'channel_ease',
  'handling_quality',
  'overall',
] as const

const noTime = {
  code: 'no_time',
  zh: '没有时间，无法归入统计周期。',
  en: 'The row holds no time, so it belongs to no period.',
}

/** Survey answers; those with origin 'work_order' are the score column of an imported order. */
export const responseTable = (judging: Judging): FactTable => ({
  kind: 'response',
  table: 'surveys.response',
  columns: {
    ...shared,
    origin: 'text',
    work_order_id: 'uuid',
    work_order_external_id: 'text',
    invitation: 'text',
    submitted_at: 'instant',
    response_speed: 'numeric',
    resolution_efficiency: 'numeric',
    attitude: 'numeric',
    professionalism: 'numeric',
    channel_ease: 'numeric',
    handling_quality: 'numeric',
    overall: 'numeric',
    recommend: 'int',
  },
  given: [
    ...aboutOrder,
    'work_order_id',
    'work_order_external_id',
    'invitation',
    'submitted_at',
    ...ratedItems,
    'recommend',
    'suggestion',
    'replied_at',
    'excluded_reason',
  ],
  derive: (row) => {
    row.origin ??= 'survey'
    if (row.submitted_at === null) return noTime
    deriveReply(
      row,
      { at: Number(row.submitted_at), dayKnown: true, scores: scoresOf(row), replied: false },
      judging,
    )
  },
  factOf: (row): RatingFact => ({
    ...ratingDims(row),
    at: Number(row.submitted_at),
    overall: row.overall as string | null,
    responseSpeed: row.response_speed as string | null,
    resolutionEfficiency: row.resolution_efficiency as string | null,
    attitude: row.attitude as string | null,
    professionalism: row.professionalism as string | null,
    channelEase: row.channel_ease as string | null,
    handlingQuality: row.handling_quality as string | null,
    recommend: row.recommend as number | null,
  }),
})

const scoresOf = (row: FactRow) => ratedItems.map((name) => row[name] as string | null)

/** The feedback ledger (表2). */
export const feedbackTable = (judging: Judging): FactTable => ({
  kind: 'feedback',
  table: 'surveys.feedback',
  columns: {
    ...shared,
    response_id: 'uuid',
    problem: 'text',
    status: 'text',
    score: 'numeric',
    received_at: 'instant',
    received_month_only: 'bool',
  },
  given: [
    ...aboutOrder,
    'problem',
    'status',
    'score',
    'suggestion',
    'replied_at',
    'received_at',
    'excluded_reason',
  ],
  derive: (row) => {
    if (row.received_at === null) return noTime
    const asked = {
      at: Number(row.received_at),
      dayKnown: row.received_month_only !== true,
      // An answer that stands in the ledger through its response asks once.
      scores: row.response_id === null ? [row.score as string | null] : [],
      replied: row.status === 'followed_up' || row.status === 'closed',
    }
    deriveReply(row, asked, judging)
  },
  factOf: (row): RatingFact => ({
    ...ratingDims(row),
    at: Number(row.received_at),
    overall: row.response_id === null ? (row.score as string | null) : null,
    responseSpeed: null,
    resolutionEfficiency: null,
    attitude: null,
    professionalism: null,
    channelEase: null,
    handlingQuality: null,
    recommend: null,
  }),
})

const ratingDims = (row: FactRow) => ({
  unitId: String(row.unit_id),
  agentId: row.agent_id as string | null,
  productId: row.product_id as string | null,
  category: row.category as string | null,
  subcategory: row.subcategory as string | null,
  channel: row.channel as string | null,
  priority: row.priority as string | null,
  excludedReason: row.excluded_reason as string | null,
  replyFor: row.reply_for as AsksReply | null,
  repliedAt: row.replied_at as number | null,
  replyDueAt: row.reply_due_at as number | null,
  replyUnknown: row.reply_unknown === true,
  clockAt: row.clock_at as number | null,
})
