import type { z } from 'zod'
import type * as contract from '../../contract/inspections.ts'
import { listColumns } from '../../contract/list-columns.ts'
import {
  askedOf,
  columnsOf,
  type Edit,
  enter,
  fieldsOf,
  freeNumber,
  type Given,
  type HandContext,
  isoIn,
  type ListQuery,
  maskedIn,
  namedIn,
  numberIn,
  orderIn,
  orderOfNumber,
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
import { type Sql, sql } from '../platform/sql.ts'
import { inspectionTable } from './inspection-table.ts'

type Reply = z.input<typeof contract.inspection>

const inspectionReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  kind: row.kind === 'mystery_shopper' ? 'mystery_shopper' : 'inspection',
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  channel: plainIn(row.channel),
  workOrder: orderIn(row),
  contact: plainIn(row.contact_external_id),
  inspectedAt: isoIn(row.inspected_at),
  contactAt: isoIn(row.contact_at),
  inspector: plainIn(row.inspector),
  form: plainIn(row.form),
  items: maskedIn(row.items),
  score: numberIn(row.score),
  etiquetteScore: numberIn(row.etiquette_score),
  wordingScore: numberIn(row.wording_score),
  fieldsRight: numberIn(row.fields_right),
  fieldsInspected: numberIn(row.fields_inspected),
  nodesRight: numberIn(row.nodes_right),
  nodesInspected: numberIn(row.nodes_inspected),
  remark: maskedIn(row.remark),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

const readRows = (tx: Tx, ids: readonly string[]): Promise<RecordRow[]> =>
  tx.rows(sql`
    select f.*, ${recordNames}, ${recordStage(sql`f.occurred_at`)} from inspections.inspection f ${recordJoins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

const columns: Record<string, Sql> = {
  externalId: sql`w.external_id`,
  kind: sql`w.kind`,
  channel: sql`w.channel`,
  workOrder: sql`w.work_order_external_id`,
  contact: sql`w.contact_external_id`,
  inspectedAt: sql`w.inspected_at`,
  contactAt: sql`w.contact_at`,
  inspector: sql`w.inspector`,
  form: sql`w.form`,
  items: sql`w.items`,
  score: sql`w.score`,
  etiquetteScore: sql`w.etiquette_score`,
  wordingScore: sql`w.wording_score`,
  fieldsRight: sql`w.fields_right`,
  fieldsInspected: sql`w.fields_inspected`,
  nodesRight: sql`w.nodes_right`,
  nodesInspected: sql`w.nodes_inspected`,
  remark: sql`w.remark`,
  excludedReason: sql`w.excluded_reason`,
}

const inspectionList = (tx: Tx, query: ListQuery, zoneName: string): List => ({
  from: sql`inspections.inspection w`,
  id: sql`w.id`,
  where: [
    sql`w.organization_id = ${tx.organizationId}`,
    sql`w.unit_id = any(${tx.unitIds}::uuid[])`,
    ...(query.unit ? [sql`w.unit_id = ${query.unit}`] : []),
  ],
  latest: sql`w.occurred_at`,
  zoneName,
  fields: fieldsOf(listColumns.inspections, tx, columns, { at: sql`w.occurred_at`, zoneName }),
})

export async function listInspections(tx: Tx, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, inspectionList(tx, query, zoneName), askedOf('inspections', query))
  return { ...page, items: inOrder(page.ids, await readRows(tx, page.ids), inspectionReply) }
}

export async function readInspection(tx: Tx, id: string): Promise<Reply> {
  const [row] = await readRows(tx, [id])
  if (!row) throw notFound()
  return inspectionReply(row)
}

export async function createInspection(
  tx: Tx,
  { externalId, ...given }: z.output<typeof contract.inspections.create.body>,
  context: HandContext,
): Promise<Reply> {
  const values = await valuesOf(tx, given)
  const number = externalId ?? (await freeNumber(tx, inspectionTable, 'ZJ', context.sourceId))
  return readInspection(tx, await enter(tx, inspectionTable, number, values, context))
}

export async function editInspection(
  tx: Tx,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<Reply> {
  const values = await valuesOf(tx, given)
  const { before, after } = await editFact(tx, inspectionTable, id, version, values, now)
  told(changesBetween(inspectionTable, before, after))
  return readInspection(tx, id)
}

async function valuesOf(tx: Tx, { workOrder, contact, scoreGiven, ...given }: Given): Promise<FactRow> {
  return {
    ...(workOrder === undefined ? {} : await aboutOrder(tx, workOrder === null ? '' : String(workOrder))),
    ...(contact === undefined ? {} : { contact_external_id: contact }),
    ...(scoreGiven === undefined
      ? {}
      : { score_given: typeof scoreGiven === 'number' ? trimmed(scoreGiven) : null }),
    ...(await columnsOf(tx, given)),
  }
}

const trimmed = (score: number): string => score.toFixed(3).replace(/\.?0+$/, '')

/** Whose the inspected order is; an unknown number stays as it was typed. */
async function aboutOrder(tx: Tx, number: string): Promise<FactRow> {
  if (number === '') return { work_order_id: null, work_order_external_id: null }
  const order = await orderOfNumber(tx, number)
  if (!order) return { work_order_id: null, work_order_external_id: number }
  const { id, customer_id: _customer, ...about } = order
  return { work_order_id: id, work_order_external_id: number, ...about }
}
