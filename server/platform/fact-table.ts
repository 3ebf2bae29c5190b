import { type Change, type FactKind, type FactSink, recordChanges } from './change.ts'
import type { Tx } from './database.ts'
import { insertRows, packRows, sqlTypes } from './fact-copy.ts'
import { keepSight, type Sight } from './fact-sight.ts'
import { newId } from './ids.ts'
import { type SeenNumbers, seenNumbers } from './seen-numbers.ts'

/** A `bool` is false until told; a `verdict` may stay unknown. */
export type ColumnType = 'text' | 'uuid' | 'instant' | 'int' | 'bool' | 'verdict' | 'numeric'
/** A stored fact as plain values: instants as epoch ms, decimals as text. */
export type FactRow = Record<string, string | number | boolean | null>

/** A table of facts, unique per (organization, source, external id), written by imports and by hand alike. */
export interface FactTable {
  kind: FactKind
  table: string
  columns: Record<string, ColumnType>
  /** The columns a source or a person gives; equal ones make a repeated row `unchanged`. */
  given: readonly string[]
  /** Fills what follows from the given columns, and from what a row that changes was before; says why it cannot be kept. */
  derive(row: FactRow, before?: FactRow | null): { code: string; zh: string; en: string } | undefined
  /** The fact as measuring sees it. */
  factOf(row: FactRow): unknown
  /** Where another unit than its own may see a fact. */
  sight?: Sight
}

/** What every table of facts keeps of where a row came from and what became of it; last among its columns. */
export const bookkeeping = {
  demo: 'bool',
  batch_id: 'uuid',
  line: 'int',
  created_batch_id: 'uuid',
  version: 'int',
  changed_at: 'instant',
  edited_at: 'instant',
  row_hash: 'text',
} as const satisfies FactTable['columns']

export interface Incoming {
  externalId: string
  line: number | null
  values: FactRow
  /** Only for a row that is new, e.g. the importer's own unit. */
  defaults?: FactRow
  /** Of the row as its source gave it: one that comes again unchanged leaves what people edited since. */
  hash?: string
}

/** What becomes of a record whose number is there already. */
export type Duplicates = 'update' | 'skip' | 'overwrite'

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
  /**
   * 'update' (unless told): what the row says replaces, the rest stays. 'skip': the record stays as it is. 'overwrite':
   * edits and fields the row does not have go too, except its unit and a decision that it does not count.
   */
  duplicates?: Duplicates
  /** The numbers written so far to a source that was empty (`openSeen`): no others need looking up. */
  seen?: SeenNumbers | undefined
  /** Receives what an update replaces, for the undo. */
  superseded?: (id: string, version: number, before: FactRow) => void
  /**
   * No record outside the scope can have these numbers, and nobody else is likely to give them now: a conflict fails the
   * transaction. To look out for one costs a fourth of the writing.
   */
  onlyWriter?: boolean
  /** For who writes chunk after chunk: one is made ready while the database takes in the one before. */
  turn?: Turn
}

export interface Turn {
  /** Resolves once all that came before is in: to be awaited by who looks for what is there. */
  before(): Promise<void>
  /** Says that all is ready, and resolves once it may be written. */
  take(): Promise<void>
}

interface Draft {
  row: FactRow
  before: FactRow | null
}

/** A stored row, as it was and as it becomes. */
interface Pair {
  before: FactRow
  after: FactRow
}

interface Drafted {
  outcomes: Outcome[]
  fresh: Draft[]
  changed: Draft[]
  /** Stored rows that stay, under another hash. */
  rehashed: { id: string; hash: string }[]
}

/** Writes a chunk of facts: new ones by COPY, changed ones in one statement; absent fields never overwrite. */
export async function writeFacts(
  tx: Tx,
  table: FactTable,
  incoming: Incoming[],
  context: WriteContext,
): Promise<Outcome[]> {
  const { seen, turn } = context
  const numbers = [...new Set(incoming.map((one) => one.externalId))]
  const wanted = seen ? numbers.filter((number) => seen.mayHave(number)) : numbers
  if (wanted.length > 0) await turn?.before()
  const stored = await readByExternalId(tx, table, context.sourceId, wanted)
  if (seen) for (const number of numbers) seen.add(number)
  const drafted = await draftLocked(tx, table, incoming, context, stored)
  const all = [...drafted.fresh, ...drafted.changed]
  const packed = packRows(
    table,
    drafted.fresh.map((draft) => draft.row),
  )
  // Where a conflict fails the transaction, and the sink with it, measuring need not wait for the rows to be in.
  const early = context.onlyWriter ? context.sink : null
  if (early) for (const { before, row } of all) early.add(changeOf(table, before, row))
  await turn?.take()
  const taken = await insertRows(tx, table, packed, context.onlyWriter)
  await updateRows(
    tx,
    table,
    drafted.changed.flatMap(({ row, before }) => (before ? [{ before, after: row }] : [])),
  )
  await rehashRows(tx, table, drafted.rehashed)
  for (const { row, before } of drafted.changed)
    if (before && context.superseded) context.superseded(String(row.id), Number(row.version), before)
  const written = taken.size === 0 ? all : all.filter(({ row }) => !taken.has(String(row.external_id)))
  await keepSight(tx, table.sight, written)
  if (!early)
    await tell(
      tx,
      table,
      written.map(({ before, row }) => ({ before, after: row })),
      context,
    )
  return taken.size === 0
    ? drafted.outcomes
    : drafted.outcomes.map((outcome, i) =>
        taken.has(incoming[i]?.externalId ?? '') ? { outcome: 'rejected', ...numberTaken } : outcome,
      )
}

/** For a source without any facts yet: notes what is written; undefined where each number must be looked up. */
export async function openSeen(tx: Tx, table: FactTable, sourceId: string): Promise<SeenNumbers | undefined> {
  const { rowCount } = await tx.client.query(
    `select 1 from ${table.table} where organization_id = $1 and source_id = $2 limit 1`,
    [tx.organizationId, sourceId],
  )
  return rowCount === 0 ? seenNumbers() : undefined
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
    const locked = await lockById(tx, table, ids)
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
  const rehashed = new Map<string, string>()
  outcomes.forEach((outcome, i) => {
    const hash = incoming[i]?.hash
    if (outcome.outcome !== 'unchanged' || hash === undefined || outcome.row.row_hash === hash) return
    const draft = drafts.get(incoming[i]?.externalId ?? '')
    if (draft) draft.row.row_hash = hash
    else if (context.duplicates !== 'skip') rehashed.set(outcome.id, hash)
  })
  return { outcomes, fresh, changed, rehashed: [...rehashed].map(([id, hash]) => ({ id, hash })) }
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
  if (current && staysAsItIs(one, current, draft !== undefined, context))
    return { outcome: 'unchanged', id: String(current.id), row: current, before: current }
  const row: FactRow = { ...(current ?? blank(table)) }
  if (!current) {
    Object.assign(row, one.defaults)
    row.external_id = one.externalId
    row.source_id = context.sourceId
  } else if (context.duplicates === 'overwrite' && !draft)
    for (const name of table.given) if (!notOverwritten.has(name)) row[name] = blank(table)[name] ?? null
  for (const name in one.values) row[name] = one.values[name]!
  const why = table.derive(row, current ?? null)
  if (why) return { outcome: 'rejected', ...why }
  if (current && table.given.every((column) => current[column] === row[column]))
    return { outcome: 'unchanged', id: String(current.id), row: current, before: current }
  row.batch_id = context.batchId
  row.line = one.line
  if (one.hash !== undefined) row.row_hash = one.hash
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

const notOverwritten = new Set([
  'unit_id',
  'responder_id',
  'responder_unit_id',
  'excluded_reason',
  'pauses',
  'episodes',
])

function staysAsItIs(one: Incoming, current: FactRow, drafted: boolean, context: WriteContext): boolean {
  if (context.duplicates === 'skip') return true
  if (context.duplicates === 'overwrite' || drafted) return false
  return current.edited_at !== null && one.hash !== undefined && current.row_hash === one.hash
}

const blanks = new WeakMap<FactTable, FactRow>()

function blank(table: FactTable): FactRow {
  let row = blanks.get(table)
  if (!row) {
    row = Object.fromEntries(
      Object.entries(table.columns).map(([name, type]) => [name, type === 'bool' ? false : null]),
    )
    blanks.set(table, row)
  }
  return row
}

async function tell(
  tx: Tx,
  table: FactTable,
  pairs: { before: FactRow | null; after: FactRow | null }[],
  { sink, now }: Pick<WriteContext, 'sink' | 'now'>,
): Promise<void> {
  if (sink) for (const { before, after } of pairs) sink.add(changeOf(table, before, after))
  else
    await recordChanges(
      tx,
      table.kind,
      pairs.map(({ before, after }) => changeOf(table, before, after)),
      now,
    )
}

const changeOf = (table: FactTable, before: FactRow | null, after: FactRow | null): Change => ({
  kind: table.kind,
  id: String((after ?? before)?.id),
  before: before && table.factOf(before),
  after: after && table.factOf(after),
})

const selectList = (table: FactTable): string =>
  Object.entries(table.columns)
    .map(([name, type]) => {
      if (type === 'instant') return `round(extract(epoch from ${name}) * 1000)::float8 as ${name}`
      return type === 'numeric' ? `trim_scale(${name})::text as ${name}` : name
    })
    .join(', ')

// What may be seen may not always be written: a fact of another team is nobody's to change here.
async function readByExternalId(tx: Tx, table: FactTable, sourceId: string, ids: string[]) {
  if (ids.length === 0) return new Map<string, FactRow>()
  const { rows } = await tx.client.query(
    `select f.* from unnest($3::text[]) as wanted (number) cross join lateral (
       select ${selectList(table)} from ${table.table}
       where organization_id = $1 and source_id = $2 and external_id = wanted.number
         and unit_id = any($4::uuid[]) offset 0) f`,
    [tx.organizationId, sourceId, ids, tx.unitIds],
  )
  return new Map((rows as FactRow[]).map((row) => [String(row.external_id), row]))
}

export type Lock = 'for update' | 'for update skip locked'

/** Stored facts by a condition that code writes, e.g. `batch_id = $2`; $1 is the organization. */
export async function readRows(
  tx: Tx,
  table: FactTable,
  condition: string,
  values: unknown[],
  lock: '' | Lock = '',
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
  lock: Lock = 'for update',
): Promise<FactRow[]> => readRows(tx, table, condition, values, lock)

/**
 * Rows by id, locked. Row by row over the key: of a table filled just now nothing is known yet, and a list of ids
 * would be looked for among all rows of the organization.
 */
export async function lockById(tx: Tx, table: FactTable, ids: unknown[]): Promise<FactRow[]> {
  if (ids.length === 0) return []
  const { rows } = await tx.client.query(
    `select f.* from unnest($2::uuid[]) as wanted (id) cross join lateral (
       select ${selectList(table)} from ${table.table}
       where organization_id = $1 and id = wanted.id for update) f`,
    [tx.organizationId, ids],
  )
  return rows as FactRow[]
}

const names = (table: FactTable): string[] => Object.keys(table.columns)

/** Stores what became of locked rows: the columns that any of them changed in, and no others. */
async function updateRows(tx: Tx, table: FactTable, pairs: Pair[]): Promise<void> {
  const changed = names(table).filter((name) =>
    pairs.some(({ before, after }) => (before[name] ?? null) !== (after[name] ?? null)),
  )
  if (changed.length === 0) return
  const stored = ['id', ...changed]
  const json = pairs.map(({ after }) =>
    Object.fromEntries(
      stored.map((name) => {
        const value = after[name] ?? null
        return [
          name,
          table.columns[name] === 'instant' && value !== null ? new Date(Number(value)).toISOString() : value,
        ]
      }),
    ),
  )
  await tx.client.query(
    `update ${table.table} t set ${changed.map((name) => `${name} = new.${name}`).join(', ')}
     from jsonb_to_recordset($2::jsonb) as new (${stored
       .map((name) => `${name} ${sqlTypes[table.columns[name]!]}`)
       .join(', ')})
     where t.organization_id = $1 and t.id = new.id`,
    [tx.organizationId, JSON.stringify(json)],
  )
}

async function rehashRows(tx: Tx, table: FactTable, rows: { id: string; hash: string }[]): Promise<void> {
  if (rows.length === 0) return
  await tx.client.query(
    `update ${table.table} t set row_hash = new.hash from unnest($2::uuid[], $3::text[]) as new (id, hash)
     where t.organization_id = $1 and t.id = new.id`,
    [tx.organizationId, rows.map((row) => row.id), rows.map((row) => row.hash)],
  )
}

/** Writes rows that derived columns changed in (a limit passed, the customer came back), telling measuring. */
export async function rewriteRows(
  tx: Tx,
  table: FactTable,
  pairs: Pair[],
  context: Pick<WriteContext, 'sink' | 'now'>,
): Promise<void> {
  await updateRows(tx, table, pairs)
  await keepSight(
    tx,
    table.sight,
    pairs.map(({ before, after }) => ({ before, row: after })),
  )
  await tell(tx, table, pairs, context)
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
  await tell(
    tx,
    table,
    rows.map((before) => ({ before, after: null })),
    context,
  )
}
