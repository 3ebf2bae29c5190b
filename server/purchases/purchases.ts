import type { z } from 'zod'
import { listColumns } from '../../contract/list-columns.ts'
import type * as contract from '../../contract/purchases.ts'
import {
  askedOf,
  columnsOf,
  customerIn,
  customerJoins,
  customerNames,
  customerOf,
  type Edit,
  enter,
  fieldsOf,
  freeNumber,
  type Given,
  type HandContext,
  isoIn,
  type ListQuery,
  namedIn,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordJoins,
  recordNames,
  recordStage,
  stageIn,
} from '../cases/index.ts'
import type { Tx } from '../platform/database.ts'
import { editFact } from '../platform/edit-fact.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { inOrder, type List, listPage } from '../platform/list-page.ts'
import { changesBetween } from '../platform/record-change.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { purchaseTable } from './purchase-table.ts'

type Reply = z.input<typeof contract.purchase>

const purchaseReply = (tx: Tx, secrets: Secrets, row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  customer: customerIn(tx, secrets, row),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  channel: plainIn(row.channel),
  orderedAt: isoIn(row.ordered_at) ?? '',
  amount: plainIn(row.amount),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

const readRows = (tx: Tx, ids: readonly string[]): Promise<RecordRow[]> =>
  tx.rows(sql`
    select f.*, ${recordNames}, ${recordStage(sql`f.ordered_at`)}, ${customerNames} from purchases.purchase f ${recordJoins} ${customerJoins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

const columns: Record<string, Sql> = {
  externalId: sql`w.external_id`,
  channel: sql`w.channel`,
  orderedAt: sql`w.ordered_at`,
  amount: sql`w.amount`,
  excludedReason: sql`w.excluded_reason`,
}

const purchaseList = (tx: Tx, query: ListQuery, zoneName: string): List => ({
  from: sql`purchases.purchase w`,
  id: sql`w.id`,
  where: [
    sql`w.organization_id = ${tx.organizationId}`,
    sql`w.unit_id = any(${tx.unitIds}::uuid[])`,
    ...(query.unit ? [sql`w.unit_id = ${query.unit}`] : []),
  ],
  latest: sql`w.ordered_at`,
  zoneName,
  fields: fieldsOf(listColumns.purchases, tx, columns, { at: sql`w.ordered_at`, zoneName }),
})

export async function listPurchases(tx: Tx, secrets: Secrets, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, purchaseList(tx, query, zoneName), askedOf('purchases', query))
  const rows = await readRows(tx, page.ids)
  return { ...page, items: inOrder(page.ids, rows, (row) => purchaseReply(tx, secrets, row)) }
}

export async function readPurchase(tx: Tx, secrets: Secrets, id: string): Promise<Reply> {
  const [row] = await readRows(tx, [id])
  if (!row) throw notFound()
  return purchaseReply(tx, secrets, row)
}

export async function createPurchase(
  tx: Tx,
  secrets: Secrets,
  { externalId, ...given }: z.output<typeof contract.purchases.create.body>,
  context: HandContext,
): Promise<Reply> {
  const values = await valuesOf(tx, secrets, given, context.now)
  const number = externalId ?? (await freeNumber(tx, purchaseTable, 'GM', context.sourceId))
  return readPurchase(tx, secrets, await enter(tx, purchaseTable, number, values, context))
}

export async function editPurchase(
  tx: Tx,
  secrets: Secrets,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<Reply> {
  const values = await valuesOf(tx, secrets, given, now)
  const { before, after } = await editFact(tx, purchaseTable, id, version, values, now)
  told(changesBetween(purchaseTable, before, after))
  return readPurchase(tx, secrets, id)
}

async function valuesOf(
  tx: Tx,
  secrets: Secrets,
  { customer, ...given }: Given,
  now: Date,
): Promise<FactRow> {
  const named = typeof customer === 'string' || customer === null ? customer : undefined
  return { ...(await columnsOf(tx, given)), ...(await customerOf(tx, secrets, named, now)) }
}
