import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { type CopyColumn, copyBytes } from './copy-bytes.ts'
import type { Tx } from './database.ts'
import type { ColumnType, FactRow, FactTable } from './fact-table.ts'

/**
 * Writes new rows by COPY. Returns the numbers that a record outside the scope already has: those rows were not
 * written. Both options: see `WriteContext`.
 */
export async function insertRows(
  tx: Tx,
  table: FactTable,
  rows: FactRow[],
  { onlyWriter = false, handedOver = () => {} }: { onlyWriter?: boolean; handedOver?: () => void } = {},
): Promise<Set<string>> {
  const [first] = rows
  if (!first) return new Set()
  const stage = await openStage(tx, table)
  const { same, varying } = splitColumns(table, rows, first)
  const copying = tx.client.query(
    copyFrom(`copy ${stage} (${varying.map(({ name }) => name).join(', ')}) from stdin (format binary)`),
  )
  await pipeline(Readable.from(copyBytes(rows, varying)), copying)
  const inserting = tx.client.query(
    `insert into ${table.table} (${['organization_id', ...[...same, ...varying].map(({ name }) => name)].join(', ')})
     select ${['$1::uuid', ...same.map(({ type }, i) => `$${i + 2}::${sqlTypes[type]}`), ...varying.map(fromStage)].join(', ')}
     from ${stage} ${onlyWriter ? '' : 'on conflict do nothing'}`,
    [tx.organizationId, ...same.map(({ name, type }) => plainText(first[name]!, type))],
  )
  handedOver()
  const inserted = await inserting
  await tx.client.query(`truncate ${stage}; select platform.count_anew('${table.table}')`)
  return inserted.rowCount === rows.length ? new Set() : unwritten(tx, table, rows)
}

/** What is the same in all rows, blank or not, is said once: of sixty columns a file makes some twenty differ. */
function splitColumns(table: FactTable, rows: FactRow[], first: FactRow) {
  const same: CopyColumn[] = []
  const varying: CopyColumn[] = []
  for (const [name, type] of Object.entries(table.columns)) {
    if (name === 'id' || differs(rows, name, first[name])) varying.push({ name, type })
    else if (first[name] !== null) same.push({ name, type })
  }
  return { same, varying }
}

// A plain loop: of a million rows each is asked for all its columns.
function differs(rows: FactRow[], name: string, value: FactRow[string] | undefined): boolean {
  for (const row of rows) if (row[name] !== value) return true
  return false
}

export const sqlTypes: Record<ColumnType, string> = {
  text: 'text',
  uuid: 'uuid',
  instant: 'timestamptz',
  int: 'int',
  bool: 'boolean',
  verdict: 'boolean',
  numeric: 'numeric',
}

const staged = new WeakMap<Tx, Set<string>>()

/** A decimal is staged as its text. */
const stageType = (type: ColumnType): string => sqlTypes[type === 'numeric' ? 'text' : type]
const fromStage = ({ name, type }: CopyColumn): string => (type === 'numeric' ? `${name}::numeric` : name)

/** COPY does not work on a table with row-level security: rows go through a stage that this transaction alone sees. */
async function openStage(tx: Tx, table: FactTable): Promise<string> {
  const stage = `stage_${table.kind}`
  const known = staged.get(tx) ?? new Set()
  staged.set(tx, known)
  if (known.has(stage)) return stage
  known.add(stage)
  const columns = Object.entries(table.columns).map(([name, type]) => `${name} ${stageType(type)}`)
  await tx.client.query(`create temp table if not exists ${stage} (${columns.join(', ')}) on commit drop`)
  return stage
}

const plainText = (value: string | number | boolean, type: ColumnType): string =>
  type === 'instant' ? new Date(value as number).toISOString() : String(value)

async function unwritten(tx: Tx, table: FactTable, rows: FactRow[]): Promise<Set<string>> {
  const found = await tx.client.query(
    `select external_id from ${table.table} where organization_id = $1 and id = any($2::uuid[])`,
    [tx.organizationId, rows.map((row) => row.id)],
  )
  const written = new Set((found.rows as { external_id: string }[]).map((row) => row.external_id))
  return new Set(rows.map((row) => String(row.external_id)).filter((number) => !written.has(number)))
}
