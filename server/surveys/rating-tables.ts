import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { RatingFact } from './rating-fact.ts'

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
  excluded_reason: 'text',
  ...bookkeeping,
} as const
const dims = [
  'unit_id',
  'agent_id',
  'customer_id',
  'product_id',
  'channel',
  'category',
  'subcategory',
  'priority',
] as const

const noTime = {
  code: 'no_time',
  zh: '没有时间，无法归入统计周期。',
  en: 'The row holds no time, so it belongs to no period.',
}

/** Survey answers; those with origin 'work_order' are the score column of an imported order. */
export const responseTable: FactTable = {
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
    ...dims,
    'work_order_id',
    'work_order_external_id',
    'invitation',
    'submitted_at',
    'response_speed',
    'resolution_efficiency',
    'attitude',
    'professionalism',
    'channel_ease',
    'handling_quality',
    'overall',
    'recommend',
    'suggestion',
    'excluded_reason',
  ],
  derive: (row) => {
    row.origin ??= 'survey'
    return row.submitted_at === null ? noTime : undefined
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
}

/** The feedback ledger (表2). */
export const feedbackTable: FactTable = {
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
  given: [...dims, 'problem', 'status', 'score', 'suggestion', 'received_at', 'excluded_reason'],
  derive: (row) => (row.received_at === null ? noTime : undefined),
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
}

const ratingDims = (row: FactRow) => ({
  unitId: String(row.unit_id),
  agentId: row.agent_id as string | null,
  productId: row.product_id as string | null,
  category: row.category as string | null,
  subcategory: row.subcategory as string | null,
  channel: row.channel as string | null,
  priority: row.priority as string | null,
  excludedReason: row.excluded_reason as string | null,
})
