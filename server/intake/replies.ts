import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type * as contract from '../../contract/intake.ts'
import type { Scope, Tx } from '../platform/database.ts'
import type { Duplicates } from '../platform/fact-table.ts'
import { type Batch, readBatch, readRejections, type Warning } from './batches.ts'
import type { Correction } from './corrections.ts'
import type { Kind } from './fields.ts'
import type { Mapping } from './mapping.ts'
import type { Layout } from './open-mapped.ts'
import type { Previewed } from './preview.ts'
import type { Rejection } from './rows.ts'

export interface Asked {
  scope: Scope
  kind: Kind
  fileName: string
  sourceName: string | undefined
  mapping: Mapping | undefined
  layout: Layout | undefined
  duplicates: Duplicates | undefined
  corrections: Correction[] | undefined
  show: 'errors' | 'warnings' | 'all' | undefined
  after: number | undefined
  userId: string
  homeUnitId: string
}

/** A file that waits for its uploader. */
export interface Kept {
  id: string
  userId: string
  fileName: string
  path: string
  bytes: number
  expiresAt: Date
}

/** What runs uploads; the server supplies it, with threads of their own. */
export interface ImportRunner {
  keep(upload: { userId: string; fileName: string; now: Date }, body: Readable): Promise<Kept>
  kept(id: string, userId: string, now: Date): Kept
  preview(asked: Asked, source: Readable | Kept): Promise<unknown>
  start(asked: Asked, source: Readable | Kept): Promise<string>
  progress(batchId: string): {
    rows: number
    rowsPerSecond: number
    bytes: number
    total: number
    secondsLeft: number | null
  } | null
  cancel(batchId: string): boolean
}

type BatchReply = z.input<typeof contract.batch>

const said = ({ zh, en }: { zh: string; en: string }) => ({ zh, en })
const warningReply = (one: Warning) => ({
  code: one.code,
  column: one.column,
  count: one.count,
  sample: one.sample,
  message: said(one),
})
const rejectionReply = (one: Rejection) => ({
  line: one.line,
  column: one.column,
  code: one.code,
  value: one.value,
  message: said(one),
})

export const batchReply = (batch: Batch, rejections: Rejection[], runner: ImportRunner): BatchReply => ({
  id: batch.id,
  kind: batch.kind,
  source: batch.source,
  fileName: batch.fileName,
  state: batch.state,
  rows: batch.rows,
  accepted: batch.accepted,
  updated: batch.updated,
  unchanged: batch.unchanged,
  rejected: batch.rejected,
  warned: batch.warned,
  corrected: batch.corrected,
  duplicates: batch.duplicates,
  user: batch.user,
  progress: batch.state === 'running' ? runner.progress(batch.id) : null,
  warnings: batch.warnings.map(warningReply),
  rejections: rejections.map(rejectionReply),
  failure: batch.failure && { code: batch.failure.code, ...said(batch.failure) },
  kept: batch.kept,
  createdAt: batch.createdAt.toISOString(),
  finishedAt: batch.finishedAt?.toISOString() ?? null,
  undoneAt: batch.undoneAt?.toISOString() ?? null,
})

export const readReply = async (tx: Tx, id: string, runner: ImportRunner): Promise<BatchReply> =>
  batchReply(await readBatch(tx, id), await readRejections(tx, id, 100), runner)

/** The result of the trial as if it were a batch that is done. */
export function previewReply(
  found: Previewed,
  asked: { source: string; user: string; now: Date },
): z.input<typeof contract.preview> {
  const now = asked.now.toISOString()
  const { result } = found
  return {
    ...found,
    result: result && {
      ...result,
      source: asked.source,
      fileName: found.fileName,
      user: asked.user,
      state: 'done' as const,
      progress: null,
      warnings: result.warnings.map(warningReply),
      rejections: result.rejections.map(rejectionReply),
      failure: null,
      kept: null,
      createdAt: now,
      finishedAt: now,
      undoneAt: null,
    },
  }
}
