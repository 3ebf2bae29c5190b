import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from './database.ts'
import type { ColumnType, FactRow, FactTable } from './fact-table.ts'

/**
 * Writes new rows by COPY. Returns the numbers that a record outside the scope already has: those rows were not
 * written.
 */
export async function insertRows(tx: Tx, table: FactTable, rows: FactRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const stage = await openStage(tx, table)
  // A column that is blank throughout costs nothing when it is left out, and most files fill few of them.
  const columns = Object.keys(table.columns).filter((name) => rows.some((row) => row[name] !== null))
  const list = `organization_id, ${columns.join(', ')}`
  const types = columns.map((name) => table.columns[name]!)
  const stream = tx.client.query(copyFrom(`copy ${stage} (${list}) from stdin`))
  await pipeline(Readable.from(copyPieces(tx.organizationId, rows, columns, types)), stream)
  const results = await tx.client.query(
    `insert into ${table.table} (${list}) select ${list} from ${stage} on conflict do nothing; truncate ${stage};
     select platform.count_anew('${table.table}')`,
  )
  const [inserted] = results as unknown as { rowCount: number }[]
  return inserted?.rowCount === rows.length ? new Set() : unwritten(tx, table, rows)
}

const staged = new WeakMap<Tx, Set<string>>()

/** COPY does not work on a table with row-level security: rows go through a stage that this transaction alone sees. */
async function openStage(tx: Tx, table: FactTable): Promise<string> {
  const stage = `stage_${table.kind}`
  const known = staged.get(tx) ?? new Set()
  staged.set(tx, known)
  if (known.has(stage)) return stage
  known.add(stage)
  await tx.client.query(
    `create temp table if not exists ${stage} (like ${table.table} including defaults) on commit drop`,
  )
  return stage
}

function* copyPieces(
  organizationId: string,
  rows: FactRow[],
  columns: string[],
  types: ColumnType[],
): Generator<string> {
  let piece = ''
  for (const row of rows) {
    piece += organizationId
    for (let i = 0; i < columns.length; i++) piece += `\t${copyText(row[columns[i]!], types[i]!)}`
    piece += '\n'
    if (piece.length > 200_000) {
      yield piece
      piece = ''
    }
  }
  yield piece
}

const special = /[\\\n\r\t]/
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function copyText(value: string | number | boolean | null | undefined, type: ColumnType): string {
  if (value === null || value === undefined) return '\\N'
  if (type === 'uuid') return value as string
  if (type === 'instant') return new Date(value as number).toISOString()
  if (typeof value !== 'string') return String(value)
  return special.test(value) ? value.replaceAll(/[\\\n\r\t]/g, (letter) => escapes[letter] ?? letter) : value
}

async function unwritten(tx: Tx, table: FactTable, rows: FactRow[]): Promise<Set<string>> {
  const found = await tx.client.query(
    `select external_id from ${table.table} where organization_id = $1 and id = any($2::uuid[])`,
    [tx.organizationId, rows.map((row) => row.id)],
  )
  const written = new Set((found.rows as { external_id: string }[]).map((row) => row.external_id))
  return new Set(rows.map((row) => String(row.external_id)).filter((number) => !written.has(number)))
}
