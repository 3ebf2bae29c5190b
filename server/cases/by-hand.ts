import { nextNumber, resolveCustomers } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, type FactTable, readRows, writeFacts } from '../platform/fact-table.ts'
import type { FieldChange } from '../platform/record-change.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'

export interface HandContext {
  now: Date
  sourceId: string
  homeUnitId: string
}

/** What was entered, by the contract's names. */
export type Given = Record<string, string | number | boolean | null | undefined>

export interface Edit {
  version: number
  now: Date
  told: (changes: FieldChange[]) => void
}

export const columnOf = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Units, people, products and orders must be ones the actor may name. `scores` are kept as decimals of one place. */
export async function columnsOf(tx: Tx, given: Given, scores: readonly string[] = []): Promise<FactRow> {
  const row: FactRow = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (scores.includes(name) && typeof value === 'number')
      row[columnOf(name)] = value.toFixed(1).replace(/\.0$/, '')
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

/** The customer of a name, made where nobody has it; nothing where none was given. */
export async function customerOf(tx: Tx, secrets: Secrets, name: Given[string], now: Date): Promise<FactRow> {
  if (name === null || name === '') return { customer_id: null }
  if (typeof name !== 'string') return {}
  const known = new Map<string, string>()
  await resolveCustomers(tx, secrets, known, [{ name, contact: null }], { batchId: null, now, demo: false })
  return { customer_id: [...known.values()][0] ?? null }
}

export interface NumberedOrder extends Record<string, unknown> {
  id: string
  unit_id: string
  agent_id: string | null
  customer_id: string | null
  product_id: string | null
  category: string | null
  subcategory: string | null
  priority: string | null
}

/** The order of a number. Two sources may use one number: then the number alone says too little. */
export async function orderOfNumber(tx: Tx, number: string): Promise<NumberedOrder | undefined> {
  const orders = await tx.rows<NumberedOrder>(sql`
    select id, unit_id, agent_id, customer_id, product_id, category, subcategory, priority from cases.work_order
    where organization_id = ${tx.organizationId} and unit_id = any(${tx.unitIds}::uuid[]) and external_id = ${number} limit 2`)
  return orders.length === 1 ? orders[0] : undefined
}

/** FX001, FX002 … past numbers somebody typed in. */
export async function freeNumber(
  tx: Tx,
  table: FactTable,
  prefix: string,
  sourceId: string,
): Promise<string> {
  for (;;) {
    const number = `${prefix}${String(await nextNumber(tx, sourceId)).padStart(3, '0')}`
    const taken = await readRows(tx, table, 'source_id = $2 and external_id = $3', [sourceId, number])
    if (taken.length === 0) return number
  }
}

/** One record entered by hand, under its own number or a new one; answers its id. */
export async function enter(
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
