import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from './database.ts'
import type { ColumnType, FactRow, FactTable } from './fact-table.ts'
import { DAY_MS, dayToDate } from './time-periods.ts'

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
  // What is the same in all rows, blank or not, is said once: of sixty columns a file makes some twenty differ.
  const names = Object.keys(table.columns)
  const varying = names.filter((name) => name === 'id' || rows.some((row) => row[name] !== first[name]))
  const same = names.filter((name) => first[name] !== null && !varying.includes(name))
  const types = varying.map((name) => table.columns[name]!)
  const copying = tx.client.query(copyFrom(`copy ${stage} (${varying.join(', ')}) from stdin`))
  await pipeline(Readable.from(copyPieces(rows, varying, types)), copying)
  const inserting = tx.client.query(
    `insert into ${table.table} (${['organization_id', ...same, ...varying].join(', ')})
     select ${['$1::uuid', ...same.map((name, i) => `$${i + 2}::${sqlTypes[table.columns[name]!]}`), ...varying].join(', ')}
     from ${stage} ${onlyWriter ? '' : 'on conflict do nothing'}`,
    [tx.organizationId, ...same.map((name) => plainText(first[name]!, table.columns[name]!))],
  )
  handedOver()
  const inserted = await inserting
  await tx.client.query(`truncate ${stage}; select platform.count_anew('${table.table}')`)
  return inserted.rowCount === rows.length ? new Set() : unwritten(tx, table, rows)
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

/** COPY does not work on a table with row-level security: rows go through a stage that this transaction alone sees. */
async function openStage(tx: Tx, table: FactTable): Promise<string> {
  const stage = `stage_${table.kind}`
  const known = staged.get(tx) ?? new Set()
  staged.set(tx, known)
  if (known.has(stage)) return stage
  known.add(stage)
  await tx.client.query(
    `create temp table if not exists ${stage} on commit drop as
     select ${Object.keys(table.columns).join(', ')} from ${table.table} with no data`,
  )
  return stage
}

function* copyPieces(rows: FactRow[], columns: string[], types: ColumnType[]): Generator<string> {
  let piece = ''
  for (const row of rows) {
    for (let i = 0; i < columns.length; i++)
      piece += `${i === 0 ? '' : '\t'}${copyText(row[columns[i]!], types[i]!)}`
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

function copyText(value: FactRow[string] | undefined, type: ColumnType): string {
  if (value === null || value === undefined) return '\\N'
  const text = plainText(value, type)
  return type === 'text' && special.test(text)
    ? text.replaceAll(/[\\\n\r\t]/g, (letter) => escapes[letter] ?? letter)
    : text
}

const plainText = (value: string | number | boolean, type: ColumnType): string =>
  type === 'instant' ? instantText(value as number) : String(value)

/** `2024-05-01 08:00:00.000+00`: the times of a file fall on few days, and a date costs most of a time. */
function instantText(ms: number): string {
  const day = Math.floor(ms / DAY_MS)
  let date = dates.get(day)
  if (date === undefined) {
    if (dates.size > 5000) dates.clear()
    date = dayToDate(day)
    dates.set(day, date)
  }
  const seconds = Math.floor((ms - day * DAY_MS) / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${String(ms - day * DAY_MS - seconds * 1000).padStart(3, '0')}+00`
}

const dates = new Map<number, string>()
const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

async function unwritten(tx: Tx, table: FactTable, rows: FactRow[]): Promise<Set<string>> {
  const found = await tx.client.query(
    `select external_id from ${table.table} where organization_id = $1 and id = any($2::uuid[])`,
    [tx.organizationId, rows.map((row) => row.id)],
  )
  const written = new Set((found.rows as { external_id: string }[]).map((row) => row.external_id))
  return new Set(rows.map((row) => String(row.external_id)).filter((number) => !written.has(number)))
}
