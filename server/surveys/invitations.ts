import type { z } from 'zod'
import { listColumns } from '../../contract/list-columns.ts'
import type * as contract from '../../contract/surveys-invitations.ts'
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
import type { Secrets } from '../platform/secrets.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { invitationTable } from './invitation-table.ts'
import { linkSurveys, touchedSurveys } from './link.ts'

type Reply = z.input<typeof contract.invitation>

const invitationReply = (tx: Tx, secrets: Secrets, row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  workOrder: orderIn(row),
  customer: customerIn(tx, secrets, row),
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  channel: plainIn(row.channel),
  round: Number(row.round),
  sentAt: isoIn(row.sent_at) ?? '',
  submittedAt: isoIn(row.submitted_at),
  reminder: row.reminder === true,
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

const readInvitations = (tx: Tx, ids: readonly string[]): Promise<RecordRow[]> =>
  tx.rows(sql`
    select f.*, ${recordNames}, ${recordStage(sql`f.sent_at`)}, ${customerNames} from surveys.invitation f ${recordJoins} ${customerJoins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

const columns: Record<string, Sql> = {
  externalId: sql`w.external_id`,
  workOrder: sql`w.work_order_external_id`,
  channel: sql`w.channel`,
  round: sql`w.round`,
  sentAt: sql`w.sent_at`,
  submittedAt: sql`w.submitted_at`,
  reminder: sql`w.reminder::text`,
  excludedReason: sql`w.excluded_reason`,
}

const invitationList = (tx: Tx, query: ListQuery, zoneName: string): List => ({
  from: sql`surveys.invitation w`,
  id: sql`w.id`,
  where: [
    sql`w.organization_id = ${tx.organizationId}`,
    sql`w.unit_id = any(${tx.unitIds}::uuid[])`,
    ...(query.unit ? [sql`w.unit_id = ${query.unit}`] : []),
  ],
  latest: sql`w.sent_at`,
  zoneName,
  fields: fieldsOf(listColumns.invitations, tx, columns, { at: sql`w.sent_at`, zoneName }),
})

export async function listInvitations(tx: Tx, secrets: Secrets, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, invitationList(tx, query, zoneName), askedOf('invitations', query))
  const rows = await readInvitations(tx, page.ids)
  return { ...page, items: inOrder(page.ids, rows, (row) => invitationReply(tx, secrets, row)) }
}

export async function readInvitation(tx: Tx, secrets: Secrets, id: string): Promise<Reply> {
  const [row] = await readInvitations(tx, [id])
  if (!row) throw notFound()
  return invitationReply(tx, secrets, row)
}

export async function createInvitation(
  tx: Tx,
  secrets: Secrets,
  { externalId, ...given }: z.output<typeof contract.invitations.create.body>,
  context: HandContext,
): Promise<Reply> {
  const values = await valuesOf(tx, secrets, given, context.now)
  const number = externalId ?? (await freeNumber(tx, invitationTable, 'YQ', context.sourceId))
  const id = await enter(tx, invitationTable, number, values, context)
  await link(tx, [{ ...values, external_id: number, submitted_given_at: null }], context.now)
  return readInvitation(tx, secrets, id)
}

export async function editInvitation(
  tx: Tx,
  secrets: Secrets,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<Reply> {
  const values = await valuesOf(tx, secrets, given, now)
  const { before, after } = await editFact(tx, invitationTable, id, version, values, now)
  told(changesBetween(invitationTable, before, after))
  await link(tx, [before, after], now)
  return readInvitation(tx, secrets, id)
}

async function link(tx: Tx, rows: FactRow[], now: Date): Promise<void> {
  const touched = touchedSurveys()
  rows.forEach(touched.note)
  await linkSurveys(tx, touched, { sink: null, now })
}

async function valuesOf(
  tx: Tx,
  secrets: Secrets,
  { customer, workOrder, submittedAt, ...given }: Given,
  now: Date,
): Promise<FactRow> {
  const named = typeof customer === 'string' || customer === null ? customer : undefined
  const at = typeof submittedAt === 'string' ? Date.parse(submittedAt) : null
  return {
    ...(workOrder === undefined ? {} : await aboutOrder(tx, workOrder === null ? '' : String(workOrder))),
    ...(await columnsOf(tx, given)),
    ...(submittedAt === undefined ? {} : { submitted_given_at: at }),
    ...(await customerOf(tx, secrets, named, now)),
  }
}

/** What an invitation takes over from the order of a number; an unknown number stays as it was typed. */
async function aboutOrder(tx: Tx, number: string): Promise<FactRow> {
  const order = number === '' ? undefined : await orderOfNumber(tx, number)
  if (!order) return { work_order_id: null, work_order_external_id: number === '' ? null : number }
  const { id, ...dimensions } = order
  return { ...dimensions, work_order_id: id, work_order_external_id: number }
}
