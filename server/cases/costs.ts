import type { z } from 'zod'
import type * as contract from '../../contract/cases-costs.ts'
import type { Tx } from '../platform/database.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { orderNamed } from './about-order.ts'
import { lockOneCost } from './beside-imports.ts'
import { columnsOf } from './by-hand.ts'
import { openWorkOrders } from './context.ts'
import { costTable } from './cost-table.ts'
import { recordsByHand } from './records-by-hand.ts'
import { isoIn, namedIn, orderIn, plainIn, provenanceIn, type RecordRow, stageIn } from './reply-parts.ts'
import { findAnew, touchedRecords } from './touched.ts'

type Reply = z.input<typeof contract.cost>

const costReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  // The table holds no other word.
  kind: String(row.kind) as Reply['kind'],
  amount: String(row.amount),
  incurredAt: isoIn(row.incurred_at) ?? '',
  workOrder: orderIn(row),
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

/** Whose a cost is, and what it was about, unless it says so itself. */
const ofTheOrder = ['unit_id', 'agent_id', 'product_id', 'category', 'subcategory', 'priority'] as const

/** By which the order came: costs are told apart by it too. */
async function withChannel(tx: Tx, about: FactRow): Promise<FactRow> {
  if (typeof about.work_order_id !== 'string') return about
  const order = await tx.one<{ channel: string | null }>(sql`
    select channel from cases.work_order where organization_id = ${tx.organizationId} and id = ${about.work_order_id}`)
  return { ...about, channel: order?.channel ?? null }
}

export const costRecords = recordsByHand<Reply>({
  list: 'costs',
  table: costTable,
  prefix: 'FY',
  at: 'incurred_at',
  columns: {
    externalId: sql`w.external_id`,
    kind: sql`w.kind`,
    amount: sql`w.amount`,
    incurredAt: sql`w.incurred_at`,
    workOrder: sql`w.work_order_external_id`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: (_tx, _secrets, row) => costReply(row),
  values: async (tx, _secrets, { workOrder, ...given }) => ({
    ...(await withChannel(tx, await orderNamed(tx, workOrder, ofTheOrder))),
    ...(await columnsOf(tx, given)),
  }),
  lock: (tx) => lockOneCost(tx),
  after: async (tx, rows, now) => {
    const touched = touchedRecords()
    for (const row of rows) touched.note(row)
    await findAnew(tx, await openWorkOrders(tx, now), touched, { sink: null, now })
  },
})
