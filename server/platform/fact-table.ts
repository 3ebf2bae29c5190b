import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { type FactKind, type FactSink, recordChange } from './change.ts'
import type { Tx } from './database.ts'
import { newId } from './ids.ts'

export type ColumnType = 'text' | 'uuid' | 'instant' | 'int' | 'bool' | 'numeric'
/** A stored fact as plain values: instants as epoch ms, decimals as text. */
export type FactRow = Record<string, string | number | boolean | null>

/** A table of facts, unique per (organization, source, external id), written by imports and by hand alike. */
export interface FactTable {
  kind: FactKind
  table: string
  columns: Record<string, ColumnType>
  /** The columns a source or a person gives; equal ones make a repeated row `unchanged`. */
  given: readonly string[]
  /** Fills what follows from the given columns; says why a row cannot be kept. */
  derive(row: FactRow): { code: string; zh: string; en: string } | undefined
  /** The fact as measuring sees it. */
  factOf(row: FactRow): unknown
}

export interface Incoming {
  externalId: string
  line: number | null
  values: FactRow
  /** Only for a row that is new, e.g. the importer's own unit. */
  defaults?: FactRow
}

export type Outcome =
  /** `row` is the fact as it now stands, `before` what this row of the file replaced. */
  | { outcome: 'accepted' | 'updated' | 'unchanged'; id: string; row: FactRow; before: FactRow | null }
  | { outcome: 'rejected'; code: string; zh: string; en: string }

export interface WriteContext {
  sourceId: string
  batchId: string | null
  now: Date
  demo: boolean
  sink: FactSink | null
  /** Receives what an update replaces, for the undo. */
  superseded?: (id: string, version: number, before: FactRow) => void
}

interface Draft {
  row: FactRow
  before: FactRow | null
}

interface Drafted {
  outcomes: Outcome[]
  fresh: Draft[]
  changed: Draft[]
}

/** Writes a chunk of facts: new ones by COPY, changed ones in one statement; absent fields never overwrite. */
export async function writeFacts(
  tx: Tx,
  table: FactTable,
  incoming: Incoming[],
  context: WriteContext,
): Promise<Outcome[]> {
  const stored = await readByExternalId(tx, table, context.sourceId, [
    ...new Set(incoming.map((one) => one.externalId)),
  ])
  const drafted = await draftLocked(tx, table, incoming, context, stored)
  const taken = await insertRows(
    tx,
    table,
    drafted.fresh.map((draft) => draft.row),
  )
  await updateRows(
    tx,
    table,
    drafted.changed.map((draft) => draft.row),
  )
  for (const { row, before } of drafted.changed)
    if (before && context.superseded) context.superseded(String(row.id), Number(row.version), before)
  for (const { row, before } of [...drafted.fresh, ...drafted.changed])
    if (!taken.has(String(row.external_id))) await tell(tx, table, context, before, row)
  return taken.size === 0
    ? drafted.outcomes
    : drafted.outcomes.map((outcome, i) =>
        taken.has(incoming[i]?.externalId ?? '') ? { outcome: 'rejected', ...numberTaken } : outcome,
      )
}

const numberTaken = {
  code: 'number_taken',
  zh: '该编号已属于您权限范围之外的一条记录。请核对编号，或请管理员导入。',
  en: 'That number already belongs to a record outside your units. Check the number, or ask an administrator to import it.',
}

/**
 * What is replaced must be what stands when it is replaced, or the figures would keep a share of neither: rows
 * about to change are locked and, where somebody changed them since they were read, the chunk is drafted anew.
 */
async function draftLocked(
  tx: Tx,
  table: FactTable,
  incoming: Incoming[],
  context: WriteContext,
  stored: Map<string, FactRow>,
): Promise<Drafted> {
  for (;;) {
    const drafted = draftAll(table, incoming, context, stored)
    if (drafted.changed.length === 0) return drafted
    const ids = drafted.changed.map(({ row }) => row.id)
    const locked = await lockRows(tx, table, 'id = any($2::uuid[])', [ids])
    const moved = locked.filter((row) => {
      const read = stored.get(String(row.external_id))
      return !read || names(table).some((column) => read[column] !== row[column])
    })
    if (moved.length === 0) return drafted
    for (const row of moved) stored.set(String(row.external_id), row)
  }
}

function draftAll(
  table: FactTable,
  incoming: Incoming[],
  context: WriteContext,
  stored: Map<string, FactRow>,
): Drafted {
  const drafts = new Map<string, Draft>()
  const outcomes = incoming.map((one) => draftOne(table, one, context, stored, drafts))
  const fresh: Draft[] = []
  const changed: Draft[] = []
  for (const draft of drafts.values()) (draft.before === null ? fresh : changed).push(draft)
  return { outcomes, fresh, changed }
}

function draftOne(
  table: FactTable,
  one: Incoming,
  context: WriteContext,
  stored: Map<string, FactRow>,
  drafts: Map<string, Draft>,
): Outcome {
  const draft = drafts.get(one.externalId)
  const current = draft?.row ?? stored.get(one.externalId)
  const row: FactRow = current
    ? { ...current, ...one.values }
    : {
        ...blank(table),
        ...one.defaults,
        ...one.values,
        external_id: one.externalId,
        source_id: context.sourceId,
      }
  const why = table.derive(row)
  if (why) return { outcome: 'rejected', ...why }
  if (current && table.given.every((column) => current[column] === row[column]))
    return { outcome: 'unchanged', id: String(current.id), row: current, before: current }
  row.batch_id = context.batchId
  row.line = one.line
  row.changed_at = context.now.getTime()
  if (context.batchId === null && current) row.edited_at = context.now.getTime()
  if (!current) {
    row.id = newId(context.now.getTime())
    row.version = 1
    row.created_batch_id = context.batchId
    row.demo = context.demo
    drafts.set(one.externalId, { row, before: null })
    return { outcome: 'accepted', id: String(row.id), row, before: null }
  }
  // A second row of the same number in one file is an update too, of what the first one made.
  if (!draft) row.version = Number(current.version) + 1
  drafts.set(one.externalId, { row, before: draft ? draft.before : current })
  return { outcome: 'updated', id: String(row.id), row, before: current }
}

const blank = (table: FactTable): FactRow =>
  Object.fromEntries(
    Object.entries(table.columns).map(([name, type]) => [
      name,
      type === 'bool' && name !== 'response_in_time' && name !== 'resolution_in_time' ? false : null,
    ]),
  )

async function tell(
  tx: Tx,
  table: FactTable,
  context: WriteContext,
  before: FactRow | null,
  after: FactRow | null,
) {
  const change = {
    kind: table.kind,
    id: String((after ?? before)?.id),
    before: before && table.factOf(before),
    after: after && table.factOf(after),
  }
  if (context.sink) context.sink.add(change)
  else await recordChange(tx, change, context.now)
}

const selectList = (table: FactTable): string =>
  Object.entries(table.columns)
    .map(([name, type]) => {
      if (type === 'instant') return `round(extract(epoch from ${name}) * 1000)::float8 as ${name}`
      return type === 'numeric' ? `trim_scale(${name})::text as ${name}` : name
    })
    .join(', ')

async function readByExternalId(tx: Tx, table: FactTable, sourceId: string, ids: string[]) {
  const { rows } = await tx.client.query(
    `select ${selectList(table)} from ${table.table}
     where organization_id = $1 and source_id = $2 and external_id = any($3::text[])`,
    [tx.organizationId, sourceId, ids],
  )
  return new Map((rows as FactRow[]).map((row) => [String(row.external_id), row]))
}

/** Stored facts by a condition that code writes, e.g. `batch_id = $2`; $1 is the organization. */
export async function readRows(
  tx: Tx,
  table: FactTable,
  condition: string,
  values: unknown[],
  lock: '' | 'for update' = '',
): Promise<FactRow[]> {
  const { rows } = await tx.client.query(
    `select ${selectList(table)} from ${table.table} where organization_id = $1 and ${condition} ${lock}`,
    [tx.organizationId, ...values],
  )
  return rows as FactRow[]
}

/** As `readRows`, for rows that will be changed: nobody else changes them until the transaction ends. */
export const lockRows = (
  tx: Tx,
  table: FactTable,
  condition: string,
  values: unknown[],
): Promise<FactRow[]> => readRows(tx, table, condition, values, 'for update')

const names = (table: FactTable): string[] => Object.keys(table.columns)

/** Returns the numbers that a record outside the scope already has: those rows were not written. */
async function insertRows(tx: Tx, table: FactTable, rows: FactRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const columns = names(table)
  const types = Object.values(table.columns)
  // COPY does not work on a table with row-level security: rows go through a stage of this transaction.
  const stage = `stage_${table.kind}`
  await tx.client.query(`create temp table if not exists ${stage} (like ${table.table}) on commit drop`)
  const list = `organization_id, ${columns.join(', ')}`
  const stream = tx.client.query(copyFrom(`copy ${stage} (${list}) from stdin`))
  const pieces: string[] = []
  let piece = ''
  for (const row of rows) {
    piece += tx.organizationId
    for (let i = 0; i < columns.length; i++) piece += `\t${copyText(row[columns[i]!], types[i]!)}`
    piece += '\n'
    if (piece.length > 100_000) {
      pieces.push(piece)
      piece = ''
    }
  }
  pieces.push(piece)
  await pipeline(Readable.from(pieces), stream)
  const { rowCount } = await tx.client.query(
    `insert into ${table.table} (${list}) select ${list} from ${stage} on conflict do nothing`,
  )
  const taken = rowCount === rows.length ? [] : await unwritten(tx, table, stage)
  await tx.client.query(`truncate ${stage}`)
  return new Set(taken)
}

async function unwritten(tx: Tx, table: FactTable, stage: string): Promise<string[]> {
  const { rows } = await tx.client.query(
    `select s.external_id from ${stage} s where not exists (
       select from ${table.table} t where t.organization_id = s.organization_id and t.id = s.id)`,
  )
  return (rows as { external_id: string }[]).map((row) => row.external_id)
}

const special = /[\\\n\r\t]/
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function copyText(value: string | number | boolean | null | undefined, type: ColumnType): string {
  if (value === null || value === undefined) return '\\N'
  if (type === 'instant') return new Date(Number(value)).toISOString()
  const text = String(value)
  return special.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (letter) => escapes[letter] ?? letter) : text
}

const sqlTypes: Record<ColumnType, string> = {
  text: 'text',
  uuid: 'uuid',
  instant: 'timestamptz',
  int: 'int',
  bool: 'boolean',
  numeric: 'numeric',
}

/** Puts rows back as given, by id. */
export async function updateRows(tx: Tx, table: FactTable, rows: FactRow[]): Promise<void> {
  if (rows.length === 0) return
  const columns = names(table).filter((name) => name !== 'id')
  const json = rows.map((row) =>
    Object.fromEntries(
      names(table).map((name) => {
        const value = row[name] ?? null
        return [
          name,
          table.columns[name] === 'instant' && value !== null ? new Date(Number(value)).toISOString() : value,
        ]
      }),
    ),
  )
  await tx.client.query(
    `update ${table.table} t set ${columns.map((name) => `${name} = new.${name}`).join(', ')}
     from jsonb_to_recordset($2::jsonb) as new (${names(table)
       .map((name) => `${name} ${sqlTypes[table.columns[name]!]}`)
       .join(', ')})
     where t.organization_id = $1 and t.id = new.id`,
    [tx.organizationId, JSON.stringify(json)],
  )
}

/** Writes rows that derived columns changed in (a limit passed, the customer came back), telling measuring. */
export async function rewriteRows(
  tx: Tx,
  table: FactTable,
  pairs: { before: FactRow; after: FactRow }[],
  context: Pick<WriteContext, 'sink' | 'now'>,
): Promise<void> {
  await updateRows(
    tx,
    table,
    pairs.map((pair) => pair.after),
  )
  for (const { before, after } of pairs)
    await tell(tx, table, { ...context, sourceId: '', batchId: null, demo: false }, before, after)
}

export async function deleteRows(
  tx: Tx,
  table: FactTable,
  rows: FactRow[],
  context: Pick<WriteContext, 'sink' | 'now'>,
) {
  if (rows.length === 0) return
  await tx.client.query(`delete from ${table.table} where organization_id = $1 and id = any($2::uuid[])`, [
    tx.organizationId,
    rows.map((row) => row.id),
  ])
  for (const before of rows)
    await tell(tx, table, { ...context, sourceId: '', batchId: null, demo: false }, before, null)
}
