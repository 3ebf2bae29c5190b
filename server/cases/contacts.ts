import type { z } from 'zod'
import type * as contract from '../../contract/cases-contacts.ts'
import { listColumns } from '../../contract/list-columns.ts'
import type { Tx } from '../platform/database.ts'
import { editFact } from '../platform/edit-fact.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { inOrder, type List, listPage } from '../platform/list-page.ts'
import { changesBetween } from '../platform/record-change.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Sql, sql } from '../platform/sql.ts'
import {
  columnsOf,
  customerOf,
  type Edit,
  enter,
  freeNumber,
  type Given,
  type HandContext,
  orderOfNumber,
} from './by-hand.ts'
import { contactTable } from './contact-table.ts'
import {
  customerIn,
  customerJoins,
  customerNames,
  isoIn,
  namedIn,
  numberIn,
  orderIn,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordJoins,
  recordNames,
  recordStage,
  stageIn,
} from './reply-parts.ts'
import { askedOf, fieldsOf, type ListQuery } from './work-order-list.ts'

type ContactReply = z.input<typeof contract.contact>

const contactReply = (tx: Tx, secrets: Secrets, row: RecordRow): ContactReply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  channel: String(row.channel),
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  customer: customerIn(tx, secrets, row),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  workOrder: orderIn(row),
  startedAt: isoIn(row.started_at) ?? '',
  answeredAt: isoIn(row.answered_at),
  rings: numberIn(row.rings),
  endedAt: isoIn(row.ended_at),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

const readContacts = (tx: Tx, ids: readonly string[]): Promise<RecordRow[]> =>
  tx.rows(sql`
    select f.*, ${recordNames}, ${recordStage(sql`f.started_at`)}, ${customerNames} from cases.contact f ${recordJoins} ${customerJoins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

const columns: Record<string, Sql> = {
  externalId: sql`w.external_id`,
  channel: sql`w.channel`,
  startedAt: sql`w.started_at`,
  answeredAt: sql`w.answered_at`,
  rings: sql`w.rings`,
  endedAt: sql`w.ended_at`,
  workOrder: sql`w.work_order_external_id`,
  excludedReason: sql`w.excluded_reason`,
}

const contactList = (tx: Tx, query: ListQuery, zoneName: string): List => ({
  from: sql`cases.contact w`,
  id: sql`w.id`,
  where: [
    sql`w.organization_id = ${tx.organizationId}`,
    sql`w.unit_id = any(${tx.unitIds}::uuid[])`,
    ...(query.unit ? [sql`w.unit_id = ${query.unit}`] : []),
  ],
  latest: sql`w.started_at`,
  zoneName,
  fields: fieldsOf(listColumns.contacts, tx, columns, { at: sql`w.started_at`, zoneName }),
})

export async function listContacts(tx: Tx, secrets: Secrets, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, contactList(tx, query, zoneName), askedOf('contacts', query))
  const rows = await readContacts(tx, page.ids)
  return { ...page, items: inOrder(page.ids, rows, (row) => contactReply(tx, secrets, row)) }
}

export async function readContact(tx: Tx, secrets: Secrets, id: string): Promise<ContactReply> {
  const [row] = await readContacts(tx, [id])
  if (!row) throw notFound()
  return contactReply(tx, secrets, row)
}

export async function createContact(
  tx: Tx,
  secrets: Secrets,
  { externalId, ...given }: z.output<typeof contract.contacts.create.body>,
  context: HandContext,
): Promise<ContactReply> {
  const values = await valuesOf(tx, secrets, given, context.now)
  const number = externalId ?? (await freeNumber(tx, contactTable, 'TH', context.sourceId))
  return readContact(tx, secrets, await enter(tx, contactTable, number, values, context))
}

export async function editContact(
  tx: Tx,
  secrets: Secrets,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<ContactReply> {
  const values = await valuesOf(tx, secrets, given, now)
  const { before, after } = await editFact(tx, contactTable, id, version, values, now)
  told(changesBetween(contactTable, before, after))
  return readContact(tx, secrets, id)
}

async function valuesOf(
  tx: Tx,
  secrets: Secrets,
  { customer, workOrder, ...given }: Given,
  now: Date,
): Promise<FactRow> {
  const named = typeof customer === 'string' || customer === null ? customer : undefined
  return {
    ...(workOrder === undefined ? {} : await aboutOrder(tx, workOrder === null ? null : String(workOrder))),
    ...(await columnsOf(tx, given)),
    ...(await customerOf(tx, secrets, named, now)),
  }
}

/** What a contact takes over from the order of a number; an unknown number stays as it was typed. */
async function aboutOrder(tx: Tx, number: string | null): Promise<FactRow> {
  if (number === null || number === '') return { work_order_id: null, work_order_external_id: null }
  const order = await orderOfNumber(tx, number)
  if (!order) return { work_order_id: null, work_order_external_id: number }
  const { id, customer_id, product_id, category, subcategory, priority } = order
  return {
    work_order_id: id,
    work_order_external_id: number,
    customer_id,
    product_id,
    category,
    subcategory,
    priority,
  }
}
