import type { z } from 'zod'
import type * as contract from '../../contract/surveys.ts'
import { nextNumber, resolveCustomers } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { editFact } from '../platform/edit-fact.ts'
import { type FactRow, type FactTable, readRows, writeFacts } from '../platform/fact-table.ts'
import { changesBetween, type FieldChange } from '../platform/record-change.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { feedbackTable, responseTable } from './rating-tables.ts'
import { type FeedbackReply, type ResponseReply, readFeedback, readResponse } from './ratings.ts'

export interface HandContext {
  now: Date
  sourceId: string
  homeUnitId: string
}

type Given = Record<string, string | number | null | undefined>

const scores = ['responseSpeed', 'resolutionEfficiency', 'attitude', 'professionalism', 'overall'] as const

export async function createResponse(
  tx: Tx,
  given: z.output<typeof contract.createResponse.body>,
  context: HandContext,
): Promise<ResponseReply> {
  const { externalId, workOrder, ...fields } = given
  const values = await columnsOf(tx, fields)
  if (workOrder) Object.assign(values, await orderByNumber(tx, workOrder))
  needAnswer(values)
  const number = externalId ?? (await freeNumber(tx, responseTable, 'WJ', context.sourceId))
  return readResponse(tx, await enter(tx, responseTable, number, { origin: 'survey', ...values }, context))
}

function needAnswer(row: FactRow): void {
  if ([...scores.map(columnOf), 'recommend'].some((name) => (row[name] ?? null) !== null)) return
  throw new Refusal('nothing_answered', 400, {
    zh: '请至少填写一项评分。',
    en: 'Fill in at least one score.',
  })
}

/** The order a response is about; unknown numbers stay as they were typed. */
async function orderByNumber(tx: Tx, number: string): Promise<FactRow> {
  const orders = await tx.rows<{
    id: string
    unit_id: string
    agent_id: string | null
    product_id: string | null
  }>(sql`
    select id, unit_id, agent_id, product_id from cases.work_order
    where organization_id = ${tx.organizationId} and unit_id = any(${tx.unitIds}::uuid[]) and external_id = ${number} limit 2`)
  const [order] = orders
  // Two sources may use one number: then the number alone says too little.
  if (!order || orders.length > 1) return { work_order_external_id: number }
  return {
    work_order_external_id: number,
    work_order_id: order.id,
    unit_id: order.unit_id,
    agent_id: order.agent_id,
    product_id: order.product_id,
  }
}

export async function createFeedback(
  tx: Tx,
  secrets: Secrets,
  given: z.output<typeof contract.createFeedback.body>,
  context: HandContext,
): Promise<FeedbackReply> {
  const { externalId, customer, ...fields } = given
  const values = {
    ...(await columnsOf(tx, fields)),
    ...(await customerOf(tx, secrets, customer, context.now)),
  }
  const number = externalId ?? (await freeNumber(tx, feedbackTable, 'FX', context.sourceId))
  return readFeedback(tx, secrets, await enter(tx, feedbackTable, number, values, context))
}

async function customerOf(
  tx: Tx,
  secrets: Secrets,
  name: string | null | undefined,
  now: Date,
): Promise<FactRow> {
  if (name === undefined) return {}
  if (name === null || name === '') return { customer_id: null }
  const known = new Map<string, string>()
  await resolveCustomers(tx, secrets, known, [{ name, contact: null }], { batchId: null, now, demo: false })
  return { customer_id: [...known.values()][0] ?? null }
}

const columnOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The columns of what was entered; units, people and products must be ones the actor may name. */
async function columnsOf(tx: Tx, given: Given): Promise<FactRow> {
  const row: FactRow = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const exact = (scores as readonly string[]).includes(name) || name === 'score'
    if (exact && typeof value === 'number') row[columnOf(name)] = value.toFixed(1).replace(/\.0$/, '')
    else row[columnOf(name)] = name.endsWith('At') && typeof value === 'string' ? Date.parse(value) : value
  }
  if (typeof row.unit_id === 'string' && !tx.unitIds.includes(row.unit_id)) throw notFound()
  for (const [column, table] of [
    ['agent_id', sql`directory.person`],
    ['product_id', sql`directory.product`],
    ['work_order_id', sql`cases.work_order`],
  ] as const) {
    if (typeof row[column] !== 'string') continue
    const found = await tx.one(
      sql`select 1 from ${table} where organization_id = ${tx.organizationId} and id = ${row[column]}`,
    )
    if (!found) throw notFound()
  }
  return row
}

/** FX001, FX002 … past numbers somebody typed in. */
async function freeNumber(tx: Tx, table: FactTable, prefix: string, sourceId: string): Promise<string> {
  for (;;) {
    const number = `${prefix}${String(await nextNumber(tx, sourceId)).padStart(3, '0')}`
    const taken = await readRows(tx, table, 'source_id = $2 and external_id = $3', [sourceId, number])
    if (taken.length === 0) return number
  }
}

/** One rating entered by hand, under its own number or a new one. */
async function enter(
  tx: Tx,
  table: FactTable,
  externalId: string,
  values: FactRow,
  context: HandContext,
): Promise<string> {
  const unitId = typeof values.unit_id === 'string' ? values.unit_id : context.homeUnitId
  if (!tx.unitIds.includes(unitId)) throw notFound()
  const [outcome] = await writeFacts(
    tx,
    table,
    [{ externalId, line: null, values: { ...values, unit_id: unitId } }],
    {
      sourceId: context.sourceId,
      batchId: null,
      now: context.now,
      demo: false,
      sink: null,
      duplicates: 'skip',
    },
  )
  if (outcome?.outcome === 'accepted') return outcome.id
  if (outcome?.outcome === 'rejected') throw new Refusal(outcome.code, 400, outcome)
  throw new Refusal('number_taken', 409, {
    zh: `编号“${externalId}”已存在。`,
    en: `Number "${externalId}" is taken.`,
  })
}

interface Edit {
  version: number
  now: Date
  told: (changes: FieldChange[]) => void
}

export async function editResponse(
  tx: Tx,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<ResponseReply> {
  const values = await columnsOf(tx, given)
  const { before, after } = await editFact(tx, responseTable, id, version, values, now)
  needAnswer(after)
  told(changesBetween(responseTable, before, after))
  return readResponse(tx, id)
}

export async function editFeedback(
  tx: Tx,
  secrets: Secrets,
  id: string,
  { customer, ...given }: Given,
  { version, now, told }: Edit,
): Promise<FeedbackReply> {
  const named = typeof customer === 'number' ? undefined : customer
  const values: FactRow = { ...(await columnsOf(tx, given)), ...(await customerOf(tx, secrets, named, now)) }
  // A day somebody wrote is known, also where the file knew the month alone.
  if (values.received_at !== undefined) values.received_month_only = false
  const { before, after } = await editFact(tx, feedbackTable, id, version, values, now)
  told(changesBetween(feedbackTable, before, after))
  return readFeedback(tx, secrets, id)
}
