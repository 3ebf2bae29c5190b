import pg from 'pg'
import { type CopyColumn, copyBytes } from './copy-bytes.ts'
import { copyIn } from './copy-in.ts'
import type { Tx } from './database.ts'
import type { ColumnType, FactRow, FactTable } from './fact-table.ts'

/** New rows made ready for the database. */
export interface PackedRows {
  numbers: string[]
  ids: string[]
  varying: FactColumn[]
  /** What is the same in all of them, as written in a statement. */
  same: { name: string; literal: string }[]
  bytes: Buffer[]
}

interface FactColumn extends CopyColumn {
  type: ColumnType
}

export function packRows(table: FactTable, rows: readonly FactRow[]): PackedRows {
  const { same, varying } = splitColumns(table, rows)
  return {
    numbers: rows.map((row) => String(row.external_id)),
    ids: rows.map((row) => String(row.id)),
    varying,
    same: same.map(({ name, type }) => ({
      name,
      literal: `${pg.escapeLiteral(plainText(rows[0]![name]!, type))}::${sqlTypes[type]}`,
    })),
    bytes: [...copyBytes(rows, varying)],
  }
}

/**
 * Writes new rows by COPY. Returns the numbers that a record outside the scope already has: those rows were not
 * written. `onlyWriter`: see `WriteContext`.
 */
export async function insertRows(
  tx: Tx,
  table: FactTable,
  { numbers, ids, varying, same, bytes }: PackedRows,
  onlyWriter = false,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const stage = await openStage(tx, table)
  const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name)
  const tags = await copyIn(
    tx,
    `copy ${stage} (${names(varying).join(', ')}) from stdin (format binary);
     insert into ${table.table} (${['organization_id', ...names(same), ...names(varying)].join(', ')})
     select ${[`${pg.escapeLiteral(tx.organizationId)}::uuid`, ...same.map(({ literal }) => literal), ...varying.map(fromStage)].join(', ')}
     from ${stage} ${onlyWriter ? '' : 'on conflict do nothing'};
     truncate ${stage}; select platform.count_anew('${table.table}')`,
    bytes,
  )
  return tags[1] === `INSERT 0 ${ids.length}` ? new Set() : unwritten(tx, table, numbers, ids)
}

/** What is the same in all rows, blank or not, is said once: of sixty columns a file makes some twenty differ. */
function splitColumns(table: FactTable, rows: readonly FactRow[]) {
  const same: FactColumn[] = []
  const varying: FactColumn[] = []
  for (const [name, type] of Object.entries(table.columns)) {
    const first = rows[0]?.[name] ?? null
    if (name === 'id' || differs(rows, name, first)) varying.push({ name, type })
    else if (first !== null) same.push({ name, type })
  }
  return { same, varying }
}

// A plain loop: of a million rows each is asked for all its columns.
function differs(rows: readonly FactRow[], name: string, value: FactRow[string]): boolean {
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
const fromStage = ({ name, type }: FactColumn): string => (type === 'numeric' ? `${name}::numeric` : name)

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

async function unwritten(tx: Tx, table: FactTable, numbers: string[], ids: string[]): Promise<Set<string>> {
  const found = await tx.client.query(
    `select external_id from ${table.table} where organization_id = $1 and id = any($2::uuid[])`,
    [tx.organizationId, ids],
  )
  const written = new Set((found.rows as { external_id: string }[]).map((row) => row.external_id))
  return new Set(numbers.filter((number) => !written.has(number)))
}
