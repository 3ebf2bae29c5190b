import { setTimeout as wait } from 'node:timers/promises'
import type { Database, Scope, Tx } from '../platform/database.ts'
import type { Duplicates } from '../platform/fact-table.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import type { Kind } from './fields.ts'
import type { Mapping } from './mapping.ts'
import type { Rejection } from './rows.ts'

export interface Warning {
  code: string
  column: string | null
  count: number
  sample: string | null
  zh: string
  en: string
}

export interface Counts {
  rows: number
  accepted: number
  updated: number
  unchanged: number
  rejected: number
}

export interface Batch extends Counts {
  warned: number
  corrected: number
  duplicates: Duplicates
  /** The name of who brought it in. */
  user: string | null
  id: string
  kind: string
  source: string
  fileName: string
  fileHash: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone'
  header: string[]
  mapping: Mapping
  warnings: Warning[]
  failure: { code: string; zh: string; en: string } | null
  kept: { kind: string; externalId: string }[] | null
  unitId: string
  sourceId: string
  createdAt: Date
  finishedAt: Date | null
  undoneAt: Date | null
}

/**
 * Imports and undos of one organization come one after the other: the second finds what the first one wrote, and
 * no two of them wait for each other.
 */
export async function lockImports(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`import:${tx.organizationId}`}, 0))`)
}

export interface NewBatch {
  id: string
  kind: Kind
  sourceId: string
  unitId: string
  fileName: string
  fileHash: Buffer
  fileBytes: number
  header: string[]
  mapping: Mapping
  userId: string | null
  duplicates: Duplicates
}

export async function openBatch(tx: Tx, batch: NewBatch, now: Date): Promise<void> {
  await tx.run(sql`
    insert into intake.batch (organization_id, id, unit_id, source_id, kind, file_name, file_hash, file_bytes, header,
      mapping, state, user_id, duplicates, created_at)
    values (${tx.organizationId}, ${batch.id}, ${batch.unitId}, ${batch.sourceId}, ${batch.kind}, ${batch.fileName},
      ${batch.fileHash}, ${batch.fileBytes}, ${JSON.stringify(batch.header)}, ${JSON.stringify(batch.mapping)},
      'running', ${batch.userId}, ${batch.duplicates}, ${now})`)
}

export async function finishBatch(
  tx: Tx,
  id: string,
  counts: Counts & { warned: number; corrected: number },
  warnings: Warning[],
  now: Date,
): Promise<void> {
  await tx.run(sql`
    update intake.batch set state = 'done', row_count = ${counts.rows}, accepted = ${counts.accepted},
      updated = ${counts.updated}, unchanged = ${counts.unchanged}, rejected = ${counts.rejected},
      warned = ${counts.warned}, corrected = ${counts.corrected}, warnings = ${JSON.stringify(warnings)}, finished_at = ${now}
    where organization_id = ${tx.organizationId} and id = ${id}`)
}

/**
 * Says that a batch came to nothing. Where the database itself went away it is told once that is back: a batch that
 * went on "running" would do so until the next start.
 */
export async function failBatch(
  db: Database,
  scope: Scope,
  id: string,
  state: 'failed' | 'cancelled',
  failure: { code: string; zh: string; en: string },
  now: Date,
): Promise<void> {
  const tell = () =>
    db.transaction(scope, (tx) =>
      tx.run(sql`
        update intake.batch set state = ${state}, failure = ${JSON.stringify(failure)}, finished_at = ${now}
        where organization_id = ${tx.organizationId} and id = ${id} and state = 'running'`),
    )
  for (let left = mostTries; ; left--) {
    try {
      await tell()
      return
    } catch (error) {
      if (left === 1) throw error
      await wait(betweenTriesMs)
    }
  }
}

/** Half a minute: a database that is not back by then is told by the next start. */
const mostTries = 60
const betweenTriesMs = 500

/** Batches a dead process left running: nothing of them was written. Called once at start. */
export async function failInterrupted(db: Database, organizationId: string, now: Date): Promise<void> {
  const scope = await db.wholeScope(organizationId)
  const failure = {
    code: 'interrupted',
    zh: '导入被中断，没有写入任何数据。请重新导入该文件。',
    en: 'The import was interrupted and nothing was written. Import the file again.',
  }
  await db.transaction(scope, (tx) =>
    tx.run(sql`
      update intake.batch set state = 'failed', failure = ${JSON.stringify(failure)}, finished_at = ${now}
      where organization_id = ${tx.organizationId} and state in ('running', 'waiting')`),
  )
}

export async function keepRejections(
  tx: Tx,
  batch: { id: string; unitId: string },
  rows: Rejection[],
): Promise<void> {
  if (rows.length === 0) return
  const seen = new Map<number, number>()
  const positions = rows.map(({ line }) => {
    const position = seen.get(line) ?? 0
    seen.set(line, position + 1)
    return position
  })
  await tx.run(sql`
    insert into intake.rejection (organization_id, batch_id, line, position, unit_id, column_name, code, value, message_zh, message_en)
    select ${tx.organizationId}::uuid, ${batch.id}::uuid, line, position, ${batch.unitId}::uuid, column_name, code, value, zh, en
    from unnest(${rows.map((row) => row.line)}::int[], ${positions}::int[], ${rows.map((row) => row.column)}::text[],
      ${rows.map((row) => row.code)}::text[], ${rows.map((row) => row.value.replaceAll('\0', '\u2400'))}::text[],
      ${rows.map((row) => row.zh)}::text[], ${rows.map((row) => row.en)}::text[])
      as new (line, position, column_name, code, value, zh, en)`)
}

export const readRejections = (tx: Tx, batchId: string, most: number): Promise<Rejection[]> =>
  tx.rows(sql`
    select line, column_name as column, code, value, message_zh as zh, message_en as en from intake.rejection
    where organization_id = ${tx.organizationId} and batch_id = ${batchId} order by line, position limit ${most}`)

const columns = sql`b.id, b.kind, s.name as source, b.source_id as "sourceId", b.unit_id as "unitId",
  b.file_name as "fileName", encode(b.file_hash, 'hex') as "fileHash", b.state, b.header, b.mapping, b.warnings,
  b.warned, b.corrected, b.duplicates, u.name as user, b.row_count as rows, b.accepted, b.updated, b.unchanged, b.rejected, b.failure, b.undone_kept as kept,
  b.created_at as "createdAt", b.finished_at as "finishedAt", b.undone_at as "undoneAt"`
const tables = sql`intake.batch b
  join directory.source s on s.organization_id = b.organization_id and s.id = b.source_id
  left join access.user u on u.organization_id = b.organization_id and u.id = b.user_id`

export async function readBatch(tx: Tx, id: string): Promise<Batch> {
  const row = await tx.one<Batch>(
    sql`select ${columns} from ${tables} where b.organization_id = ${tx.organizationId} and b.id = ${id}`,
  )
  if (!row) throw notFound()
  return row
}

export const listBatches = (tx: Tx, before: Date | null, limit: number): Promise<Batch[]> =>
  tx.rows(sql`
    select ${columns} from ${tables} where b.organization_id = ${tx.organizationId}
      and (${before}::timestamptz is null or b.created_at < ${before}) order by b.created_at desc limit ${limit}`)

export async function rememberedMapping(
  tx: Tx,
  sourceName: string,
  kind: Kind,
): Promise<Mapping | undefined> {
  const row = await tx.one<{ mapping: Mapping }>(sql`
    select m.mapping from intake.mapping m
    join directory.source s on s.organization_id = m.organization_id and s.id = m.source_id
    where m.organization_id = ${tx.organizationId} and s.name = ${sourceName} and m.kind = ${kind}`)
  return row?.mapping
}

export async function rememberMapping(
  tx: Tx,
  sourceId: string,
  kind: Kind,
  mapping: Mapping,
  now: Date,
): Promise<void> {
  await tx.run(sql`
    insert into intake.mapping (organization_id, source_id, kind, mapping, changed_at)
    values (${tx.organizationId}, ${sourceId}, ${kind}, ${JSON.stringify(mapping)}, ${now})
    on conflict (organization_id, source_id, kind) do update set mapping = excluded.mapping, changed_at = excluded.changed_at`)
}
