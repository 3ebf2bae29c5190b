import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { ensureSource, organizationOf } from '../directory/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import type { Duplicates, Turn } from '../platform/fact-table.ts'
import { newId } from '../platform/ids.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { zone } from '../platform/time.ts'
import {
  type Counts,
  failBatch,
  finishBatch,
  keepRejections,
  lockImports,
  openBatch,
  rememberMapping,
  type Warning,
} from './batches.ts'
import { chunkByChunk } from './chunk-by-chunk.ts'
import { type Correction, corrector, keepCorrections } from './corrections.ts'
import { fieldOf, type Kind, keepsUnused } from './fields.ts'
import type { Mapping } from './mapping.ts'
import { asRefusal, openMapped, refused } from './open-mapped.ts'
import { openPlaces } from './places.ts'
import { keepRaw, onlyColumns, packRaw, type RawChunk } from './raw.ts'
import type { Table, TableRow } from './read/table.ts'
import { rowHasher } from './row-hash.ts'
import {
  compileRow,
  dateOrderLearner,
  type Rejection,
  type RowReader,
  type RowRecord,
  type RowWarning,
} from './rows.ts'
import { asAgent, openWriter, type ReadRow } from './write-rows.ts'

export interface ImportRequest {
  kind: Kind
  path: string
  fileName: string
  /** Whose numbers these are; the kind when not given. */
  sourceName?: string | undefined
  mapping?: Mapping | undefined
  /** What becomes of records whose numbers are there already; 'update' unless told. */
  duplicates?: Duplicates | undefined
  /** Cells to read instead of what the file holds. */
  corrections?: readonly Correction[] | undefined
  /** Everything is done as in an import, then taken back. */
  dryRun?: boolean
  demo?: boolean
  userId: string | null
  /** The importer's own unit; the root for those who see the whole organization. */
  homeUnitId?: string
  now: Date
  secrets: Secrets
  openSink: (tx: Tx) => Promise<FactSink>
  batchId?: string
  /** Called once the batch exists and the file and its mapping have been found usable. */
  onOpened?: () => void
  onProgress?: (progress: { rows: number; bytes: number; total: number }) => void
  /** Sees each chunk: its rows as they were read, and what was found wrong or doubtful in them. */
  onChunk?: (rows: TableRow[], bad: Rejection[], doubts: RowWarning[]) => void
  /** Sees, before the end, the names of agents nobody had. */
  onPeople?: (tx: Tx, names: Map<string, number>) => Promise<void>
  /** Stop after so many rows: for a look at the beginning. */
  mostRows?: number
  signal?: AbortSignal
}

export interface Imported extends Counts {
  batch: string | null
  kind: Kind
  /** Rows among those taken that carry a warning. */
  warned: number
  /** Cells that were mended before they were read. */
  corrected: number
  duplicates: Duplicates
  warnings: Warning[]
  /** The first 100. */
  rejections: Rejection[]
  header: string[]
}

/**
 * Brings a file in, in one transaction: a killed process leaves nothing half-written. Rows are accepted,
 * updated, unchanged or rejected; the four always add up to the rows of the file.
 *
 * @throws Refusal when the file or its mapping cannot be used; nothing is written then
 */
export async function importFile(db: Database, scope: Scope, request: ImportRequest): Promise<Imported> {
  const { zone, rootUnitId: root } = await db.transaction(scope, organizationOf)
  const zoneName = zone.name
  const sourceName = request.sourceName ?? request.kind
  const { table, mapping } = await openMapped(db, scope, { ...request, sourceName })
  const correct = corrector(request.corrections ?? [], table.header)
  let reader = await openReader(request, table, correct, mapping, zoneName)
  const batchId = request.batchId ?? newId(request.now.getTime())
  const homeUnitId = request.homeUnitId ?? (scope.unitIds.includes(root) ? root : (scope.unitIds[0] ?? root))
  const hash = await hashFile(request.path)
  const batch = {
    id: batchId,
    kind: request.kind,
    unitId: homeUnitId,
    fileName: request.fileName,
    fileHash: hash,
    fileBytes: statSync(request.path).size,
    header: table.header,
    mapping,
    userId: request.userId,
    duplicates: request.duplicates ?? 'update',
  }
  const open = async (tx: Tx) => {
    const sourceId = await ensureSource(tx, sourceName, request.now)
    await openBatch(tx, { ...batch, sourceId }, request.now)
    return sourceId
  }
  const whole = scope.unitIds.includes(root)
  const once = (sourceId: string | undefined, onlyWriter: boolean) =>
    db.transaction(
      scope,
      async (tx) => {
        const id = sourceId ?? (await open(tx))
        const done = await importWithin(tx, {
          ...request,
          table,
          correct,
          mapping,
          reader,
          batchId,
          homeUnitId,
          sourceId: id,
          whole,
          onlyWriter,
          zoneName,
        })
        if (request.dryRun) throw new TakenBack(done)
        return done
      },
      { timeoutMs: 0 },
    )
  const work = async (sourceId?: string) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(sourceId, whole && attempt === 1)
      } catch (error) {
        if (!metAnother(error) || attempt === mostAttempts) throw error
        reader = await openReader(request, table, correct, mapping, zoneName)
      }
    }
  }
  if (request.dryRun) return work().catch(takenBack)
  const sourceId = await db.transaction(scope, open)
  request.onOpened?.()
  try {
    return await refused(work(sourceId))
  } catch (error) {
    await failBatch(
      db,
      scope,
      batchId,
      request.signal?.aborted ? 'cancelled' : 'failed',
      failureOf(error),
      request.now,
    )
    throw error
  }
}

const mostAttempts = 3
/**
 * Somebody edited, by hand, records that this file changes too, and each waited for the other (40P01); or entered one
 * that the file brings (23505).
 */
const metAnother = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '23505')

/** A dry run ends by throwing its result: the transaction rolls back and nothing was written. */
class TakenBack extends Error {
  readonly done: Imported
  constructor(done: Imported) {
    super('dry run')
    this.done = done
  }
}
const takenBack = (error: unknown): Imported => {
  if (error instanceof TakenBack) return { ...error.done, batch: null }
  throw error
}

async function openReader(
  request: ImportRequest,
  table: Table,
  correct: (row: TableRow) => TableRow,
  mapping: Mapping,
  zone: string,
): Promise<RowReader> {
  try {
    const now = request.now.getTime()
    const learner = dateOrderLearner(request.kind, mapping, table.header, now)
    for await (const rows of table.rows()) {
      for (const row of rows) learner.see(correct(row))
      if (!learner.isOpen()) break
    }
    return compileRow(request.kind, mapping, table.header, { zone, now, dateOrders: learner.orders() })
  } catch (error) {
    throw asRefusal(error)
  }
}

interface Within extends ImportRequest {
  table: Table
  correct: (row: TableRow) => TableRow
  mapping: Mapping
  reader: RowReader
  batchId: string
  homeUnitId: string
  sourceId: string
  whole: boolean
  onlyWriter: boolean
  zoneName: string
}

async function importWithin(tx: Tx, request: Within): Promise<Imported> {
  const { table, correct, reader, batchId, homeUnitId, sourceId, secrets, now } = request
  const corrections = request.corrections ?? []
  const duplicates = request.duplicates ?? 'update'
  const demo = request.demo ?? false
  if (!request.dryRun) await lockImports(tx)
  const counts: Counts = { rows: 0, accepted: 0, updated: 0, unchanged: 0, rejected: 0 }
  const sink = request.dryRun ? unmeasured : await request.openSink(tx)
  const places = openPlaces({
    secrets,
    batchId,
    homeUnitId,
    whole: request.whole,
    demo,
    now,
    zone: zone(request.zoneName),
  })
  const hashOf = rowHasher(secrets, tx.organizationId)
  const writer = await openWriter(tx, request.kind, {
    sourceId,
    batchId,
    homeUnitId,
    now,
    demo,
    sink,
    places,
    counts,
    duplicates,
    onlyWriter: request.onlyWriter,
    hashOf,
  })
  const first: Rejection[] = []
  const hidden = personalColumns(request.kind, request.mapping)
  const batch = { id: batchId, unitId: homeUnitId, userId: request.userId, now }
  const sums = { warned: 0, corrected: 0 }
  const read = (rows: TableRow[]) =>
    readChunk(rows, {
      reader,
      correct,
      hashOf,
      pack: (some) =>
        packRaw(
          secrets,
          tx.organizationId,
          keepsUnused(request.kind) ? some : onlyColumns(some, reader.used),
        ),
      bytes: table.bytesRead(),
    })
  const learn = ({ good }: Chunk) =>
    places.learn(
      tx,
      request.kind === 'events'
        ? good.map(({ record }) => asAgent(record.actor))
        : good.map(({ record }) => record),
    )
  const write = async ({ rows, read, raw, good, bad, doubts, bytes }: Chunk, turn: Turn) => {
    bad.push(...(await writer.write(tx, good, turn)))
    await sink.settle(tx)
    const shown = bad.map((one) =>
      one.column !== null && hidden.has(one.column) ? { ...one, value: '***' } : one,
    )
    await keepRaw(tx, batch, await raw)
    await keepRejections(tx, batch, shown)
    sums.corrected += await keepCorrections(tx, secrets, batch, corrections, rows)
    const rejected = new Set(bad.map((one) => one.line))
    counts.rows += rows.length
    counts.rejected += rejected.size
    sums.warned += new Set(doubts.map((one) => one.line).filter((line) => !rejected.has(line))).size
    request.onChunk?.(read, bad, doubts)
    first.push(...shown.slice(0, 100 - first.length))
    request.onProgress?.({ rows: counts.rows, bytes, total: table.bytesTotal })
  }
  await chunkByChunk(
    gathered(table.rows(), rowsPerWrite, request.mostRows),
    (rows) => {
      request.signal?.throwIfAborted()
      return read(rows)
    },
    learn,
    write,
  )
  await writer.finish(tx)
  await request.onPeople?.(tx, places.strangers())
  const warnings = [...notes(table), ...reader.warnings(), ...places.warnings()]
  await finishBatch(tx, batchId, { ...counts, ...sums }, warnings, now)
  await rememberMapping(tx, sourceId, request.kind, request.mapping, now)
  request.signal?.throwIfAborted()
  await sink.flush(tx)
  return {
    batch: batchId,
    kind: request.kind,
    ...counts,
    ...sums,
    duplicates,
    warnings,
    rejections: first,
    header: table.header,
  }
}

/** What is taken back at the end is not measured. */
const unmeasured: FactSink = { add: () => {}, settle: async () => {}, flush: async () => {} }

interface Chunk {
  /** As they came. */
  rows: TableRow[]
  raw: Promise<RawChunk[]>
  /** As they were read. */
  read: TableRow[]
  good: ReadRow[]
  bad: Rejection[]
  doubts: RowWarning[]
  bytes: number
}

/** All that can be done with rows without asking the database. */
function readChunk(
  rows: TableRow[],
  how: {
    reader: RowReader
    correct: (row: TableRow) => TableRow
    hashOf: (record: RowRecord) => string
    pack: (rows: TableRow[]) => Promise<RawChunk[]>
    bytes: number
  },
): Chunk {
  const { reader, correct, hashOf, pack, bytes } = how
  const chunk: Chunk = {
    rows,
    raw: pack(rows),
    read: rows.map(correct),
    good: [],
    bad: [],
    doubts: [],
    bytes,
  }
  // Awaited when the chunk is written: until then its failure is nobody's.
  chunk.raw.catch(() => {})
  for (const row of chunk.read) {
    const outcome = reader(row)
    if (outcome.rejections) chunk.bad.push(...outcome.rejections)
    else chunk.good.push({ line: row.line, record: outcome.record, hash: hashOf(outcome.record) })
    if (outcome.warnings) chunk.doubts.push(...outcome.warnings)
  }
  return chunk
}

const rowsPerWrite = 2500

/** Rows in chunks of at least so many: each chunk costs its round trips. */
async function* gathered(
  chunks: AsyncIterable<TableRow[]>,
  least: number,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<TableRow[]> {
  let rows: TableRow[] = []
  let left = most
  for await (const chunk of chunks) {
    const some = chunk.slice(0, left)
    left -= some.length
    rows = rows.length === 0 ? some : rows.concat(some)
    if (left === 0) break
    if (rows.length < least) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

function personalColumns(kind: Kind, mapping: Mapping): Set<string> {
  const columns = new Set<string>()
  for (const [column, to] of Object.entries(mapping.columns ?? {})) {
    const field = typeof to === 'string' ? to : to.field
    if (fieldOf(kind, field)?.personal) columns.add(column)
  }
  return columns
}

const notes = (table: Table): Warning[] =>
  table.notes.map((note) => ({
    code: note.code,
    column: note.column ?? null,
    count: note.count ?? 1,
    sample: note.sample ?? null,
    zh: note.zh,
    en: note.en,
  }))

async function hashFile(path: string): Promise<Buffer> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest()
}

function failureOf(error: unknown): { code: string; zh: string; en: string } {
  if (error instanceof Refusal) return { code: error.code, zh: error.zh, en: error.en }
  if (error instanceof DOMException && error.name === 'AbortError')
    return {
      code: 'cancelled',
      zh: '导入已取消，没有写入任何数据。',
      en: 'The import was cancelled; nothing was written.',
    }
  return { code: 'failed', zh: '导入失败，没有写入任何数据。', en: 'The import failed; nothing was written.' }
}
