import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'

/** A fact with what a list of records shows of it. */
export interface FactRow {
  kind: FactKind
  id: string
  externalId: string
  batchId: string | null
  line: number | null
  fact: WorkOrderFact | RatingFact
}

const ms = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::float8`

const orderColumns = `id, external_id, batch_id, line, unit_id, agent_id, product_id, supplier_id, category, subcategory,
  channel, priority, complexity, ${ms('occurred_at')}, ${ms('received_at')}, ${ms('responded_at')}, ${ms('started_at')},
  ${ms('fault_identified_at')}, ${ms('plan_confirmed_at')}, ${ms('resolved_at')}, ${ms('reopened_at')},
  ${ms('response_due_at')}, ${ms('start_due_at')}, ${ms('plan_due_at')}, ${ms('resolution_due_at')},
  response_in_time, resolution_in_time, reopen_count, contact_count, ${ms('repeated_at')},
  required_fields, filled_fields, excluded_reason, ${ms('clock_at')}`

type OrderRow = [
  id: string,
  externalId: string,
  batchId: string | null,
  line: number | null,
  unitId: string,
  agentId: string | null,
  productId: string | null,
  supplierId: string | null,
  category: string | null,
  subcategory: string | null,
  channel: string | null,
  priority: WorkOrderFact['priority'],
  complexity: WorkOrderFact['complexity'],
  occurredAt: number,
  receivedAt: number | null,
  respondedAt: number | null,
  startedAt: number | null,
  faultIdentifiedAt: number | null,
  planConfirmedAt: number | null,
  resolvedAt: number | null,
  reopenedAt: number | null,
  responseDueAt: number | null,
  startDueAt: number | null,
  planDueAt: number | null,
  resolutionDueAt: number | null,
  responseInTime: boolean | null,
  resolutionInTime: boolean | null,
  reopenCount: number | null,
  contactCount: number | null,
  repeatedAt: number | null,
  requiredFields: number,
  filledFields: number,
  excludedReason: string | null,
  clockAt: number,
]

const orderFact = (r: OrderRow): FactRow => ({
  kind: 'work_order',
  id: r[0],
  externalId: r[1],
  batchId: r[2],
  line: r[3],
  fact: {
    unitId: r[4],
    agentId: r[5],
    productId: r[6],
    supplierId: r[7],
    category: r[8],
    subcategory: r[9],
    channel: r[10],
    priority: r[11],
    complexity: r[12],
    occurredAt: r[13],
    receivedAt: r[14],
    respondedAt: r[15],
    startedAt: r[16],
    faultIdentifiedAt: r[17],
    planConfirmedAt: r[18],
    resolvedAt: r[19],
    reopenedAt: r[20],
    responseDueAt: r[21],
    startDueAt: r[22],
    planDueAt: r[23],
    resolutionDueAt: r[24],
    responseInTime: r[25],
    resolutionInTime: r[26],
    reopenCount: r[27],
    contactCount: r[28],
    repeatedAt: r[29],
    requiredFields: r[30],
    filledFields: r[31],
    excludedReason: r[32],
    clockAt: r[33],
  },
})

type RatingRow = [
  id: string,
  externalId: string,
  batchId: string | null,
  line: number | null,
  unitId: string,
  agentId: string | null,
  productId: string | null,
  category: string | null,
  subcategory: string | null,
  channel: string | null,
  priority: string | null,
  at: number,
  overall: string | null,
  responseSpeed: string | null,
  resolutionEfficiency: string | null,
  attitude: string | null,
  professionalism: string | null,
  recommend: number | null,
  excludedReason: string | null,
]

const ratingFact =
  (kind: FactKind) =>
  (r: RatingRow): FactRow => ({
    kind,
    id: r[0],
    externalId: r[1],
    batchId: r[2],
    line: r[3],
    fact: {
      unitId: r[4],
      agentId: r[5],
      productId: r[6],
      category: r[7],
      subcategory: r[8],
      channel: r[9],
      priority: r[10],
      at: r[11],
      overall: r[12],
      responseSpeed: r[13],
      resolutionEfficiency: r[14],
      attitude: r[15],
      professionalism: r[16],
      recommend: r[17],
      excludedReason: r[18],
    },
  })

const shared =
  'id, external_id, batch_id, line, unit_id, agent_id, product_id, category, subcategory, channel, priority'
// An answer that already stands in the ledger through its response is one rating, not two.
const selects: Record<FactKind, { text: string; read: (row: never) => FactRow }> = {
  work_order: { text: `select ${orderColumns} from cases.work_order`, read: orderFact },
  response: {
    text: `select ${shared}, ${ms('submitted_at')}, overall, response_speed, resolution_efficiency, attitude,
      professionalism, recommend, excluded_reason from surveys.response`,
    read: ratingFact('response'),
  },
  feedback: {
    text: `select ${shared}, ${ms('received_at')}, case when response_id is null then score end, null, null, null, null,
      null, excluded_reason from surveys.feedback`,
    read: ratingFact('feedback'),
  },
}

/** Streams the facts of a kind that fit a condition, in pieces of 5,000. */
export async function* readFacts(
  tx: Tx,
  kind: FactKind,
  condition: Sql = sql`true`,
): AsyncGenerator<FactRow[]> {
  const { text, read } = selects[kind]
  const name = `facts_${kind}_${cursors++}`
  const where = sql`organization_id = ${tx.organizationId} and ${condition}`
  await tx.client.query(`declare ${name} no scroll cursor for ${text} where ${where.text}`, where.values)
  try {
    for (;;) {
      const { rows } = await tx.client.query({ text: `fetch 5000 from ${name}`, rowMode: 'array' })
      if (rows.length === 0) return
      yield (rows as never[]).map(read)
      if (rows.length < 5000) return
    }
  } finally {
    await tx.client.query(`close ${name}`).catch(() => {})
  }
}
let cursors = 0
