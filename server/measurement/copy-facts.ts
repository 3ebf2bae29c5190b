import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { type CopiedRow, copyRows } from './copy-rows.ts'

/** Which facts: those placed (an order's first time, a rating's time) in a span, or the orders that count earlier. */
export type FactSpan = { fromMs: number; toMs: number } | 'counting before their place'

interface Kind {
  columns: string[]
  place: string
  table: string
  read(row: CopiedRow): WorkOrderFact | RatingFact
}

const shared = ['unit_id', 'agent_id', 'product_id', 'category', 'subcategory', 'channel', 'excluded_reason']

const work_order: Kind = {
  columns: [
    ...shared,
    'occurred_at',
    'received_at',
    'responded_at',
    'started_at',
    'fault_identified_at',
    'plan_confirmed_at',
    'resolved_at',
    'reopened_at',
    'response_due_at',
    'start_due_at',
    'plan_due_at',
    'resolution_due_at',
    'repeated_at',
    'clock_at',
    'response_in_time',
    'resolution_in_time',
    'reopen_count',
    'contact_count',
    'required_fields',
    'filled_fields',
  ],
  table: 'cases.work_order',
  place: 'occurred_at',
  read: (row): WorkOrderFact => ({
    unitId: row.uuid(0) ?? '',
    agentId: row.uuid(1),
    productId: row.uuid(2),
    category: row.text(3),
    subcategory: row.text(4),
    channel: row.text(5),
    excludedReason: row.text(6),
    occurredAt: row.instant(7) ?? 0,
    receivedAt: row.instant(8),
    respondedAt: row.instant(9),
    startedAt: row.instant(10),
    faultIdentifiedAt: row.instant(11),
    planConfirmedAt: row.instant(12),
    resolvedAt: row.instant(13),
    reopenedAt: row.instant(14),
    responseDueAt: row.instant(15),
    startDueAt: row.instant(16),
    planDueAt: row.instant(17),
    resolutionDueAt: row.instant(18),
    repeatedAt: row.instant(19),
    clockAt: row.instant(20) ?? 0,
    responseInTime: row.bool(21),
    resolutionInTime: row.bool(22),
    reopenCount: row.int(23),
    contactCount: row.int(24),
    requiredFields: row.int(25) ?? 0,
    filledFields: row.int(26) ?? 0,
    // No cell is kept by these.
    supplierId: null,
    priority: null,
    complexity: null,
  }),
}

const rating = (row: CopiedRow): RatingFact => ({
  unitId: row.uuid(0) ?? '',
  agentId: row.uuid(1),
  productId: row.uuid(2),
  category: row.text(3),
  subcategory: row.text(4),
  channel: row.text(5),
  excludedReason: row.text(6),
  at: row.instant(7) ?? 0,
  overall: row.text(8),
  responseSpeed: row.text(9),
  resolutionEfficiency: row.text(10),
  attitude: row.text(11),
  professionalism: row.text(12),
  recommend: row.int(13),
  priority: null,
})

const items = ['response_speed', 'resolution_efficiency', 'attitude', 'professionalism']
const response: Kind = {
  columns: [
    ...shared,
    'submitted_at',
    ...['overall', ...items].map((name) => `${name}::text`),
    'recommend::int',
  ],
  table: 'surveys.response',
  place: 'submitted_at',
  read: rating,
}
const feedback: Kind = {
  columns: [
    ...shared,
    'received_at',
    // An answer that already stands in the ledger through its response is one rating, not two.
    'case when response_id is null then score::text end',
    ...items.map(() => 'null::text'),
    'null::int',
  ],
  table: 'surveys.feedback',
  place: 'received_at',
  read: rating,
}

const kinds: Record<FactKind, Kind> = { work_order, response, feedback }

/** A limit given by the source may lie before all else that is known of the order. */
const countsEarlier = `least(received_at, responded_at, started_at, fault_identified_at, plan_confirmed_at, resolved_at,
  response_due_at, start_due_at, plan_due_at, resolution_due_at) < occurred_at`

/** Hands on the facts of a kind, in no order; together the spans of all time and the early ones hold each once. */
export async function copyFacts(
  tx: Tx,
  kind: FactKind,
  span: FactSpan,
  each: (fact: WorkOrderFact | RatingFact) => void,
): Promise<void> {
  const { columns, table, place, read } = kinds[kind]
  if (kind !== 'work_order' && typeof span === 'string') return
  const conditions =
    typeof span === 'string'
      ? [countsEarlier]
      : [
          `${place} >= ${instant(span.fromMs)}`,
          `${place} < ${instant(span.toMs)}`,
          ...(kind === 'work_order' ? [`(${countsEarlier}) is not true`] : []),
        ]
  const statement = `select ${columns.join(', ')} from ${table}
    where organization_id = ${organization(tx)} and ${conditions.join(' and ')}`
  await copyRows(tx, statement, columns.length, (row) => each(read(row)))
}

/** Epoch ms of the first fact placed at or after an instant; undefined when there is none. */
export async function firstFactMs(tx: Tx, fromMs: number | undefined): Promise<number | undefined> {
  const firsts: number[] = []
  for (const { table, place } of Object.values(kinds)) {
    const from = fromMs === undefined ? '' : ` and ${place} >= ${instant(fromMs)}`
    const { rows } = await tx.client.query<{ first: Date | null }>(
      `select min(${place}) as first from ${table} where organization_id = ${organization(tx)}${from}`,
    )
    if (rows[0]?.first) firsts.push(rows[0].first.getTime())
  }
  return firsts.length > 0 ? Math.min(...firsts) : undefined
}

// COPY takes no parameters. The transaction was opened with the id checked to be a uuid; instants are numbers.
const organization = (tx: Tx): string => `'${tx.organizationId}'::uuid`
const instant = (ms: number): string => `to_timestamp(${ms / 1000})`
