import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import * as contract from '../../contract/intake.ts'
import { policies } from '../access/index.ts'
import { homeUnitOf } from '../platform/actor.ts'
import type { FactSink } from '../platform/change.ts'
import type { Scope, Tx } from '../platform/database.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Batch, listBatches, readBatch, readRejections, type Warning } from './batches.ts'
import { writeErrors } from './errors-file.ts'
import { fields, type Kind } from './fields.ts'
import type { Imported } from './import-file.ts'
import { type Mapping, readMapping } from './mapping.ts'
import { rawRecord } from './raw-record.ts'
import type { Rejection } from './rows.ts'
import { undoImport } from './undo.ts'

interface Asked {
  scope: Scope
  kind: Kind
  fileName: string
  sourceName: string | undefined
  mapping: Mapping | undefined
  userId: string
  homeUnitId: string
}

interface Preview extends Omit<z.input<typeof contract.previewImport.reply>, 'result'> {
  result: Imported | null
}

/** What runs uploads; the server supplies it, with threads of their own. */
export interface ImportRunner {
  preview(asked: Asked, body: Readable): Promise<unknown>
  start(asked: Asked, body: Readable): Promise<string>
  progress(batchId: string): { rows: number; rowsPerSecond: number; bytes: number; total: number } | null
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

const batchReply = (batch: Batch, rejections: Rejection[], runner: ImportRunner): BatchReply => ({
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
  progress: batch.state === 'running' ? runner.progress(batch.id) : null,
  warnings: batch.warnings.map(warningReply),
  rejections: rejections.map(rejectionReply),
  failure: batch.failure && { code: batch.failure.code, ...said(batch.failure) },
  kept: batch.kept,
  createdAt: batch.createdAt.toISOString(),
  finishedAt: batch.finishedAt?.toISOString() ?? null,
  undoneAt: batch.undoneAt?.toISOString() ?? null,
})

const read = async (tx: Tx, id: string, runner: ImportRunner): Promise<BatchReply> =>
  batchReply(await readBatch(tx, id), await readRejections(tx, id, 100), runner)

function asked(query: z.output<typeof contract.startImport.query>, call: Call): Asked {
  return {
    scope: { organizationId: call.scope.organizationId, unitIds: call.scope.unitIds },
    kind: query.kind,
    fileName: query.fileName,
    sourceName: query.source,
    mapping: mappingOf(query.mapping),
    userId: call.actor.userId,
    homeUnitId: homeUnitOf(call.actor, call.scope),
  }
}

function mappingOf(text: string | undefined): Mapping | undefined {
  if (text === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal('mapping_wrong', 422, { zh: '映射不是有效的 JSON。', en: 'The mapping is not JSON.' })
  }
  const found = readMapping(json)
  if ('mapping' in found) return found.mapping
  throw new Refusal('mapping_wrong', 422, {
    zh: found.faults.map((fault) => fault.zh).join('；'),
    en: found.faults.map((fault) => fault.en).join('; '),
  })
}

export function intakeRoutes(parts: {
  runner: ImportRunner
  secrets: Secrets
  openSink: (tx: Tx, now: Date) => Promise<FactSink>
}) {
  const { runner, secrets } = parts
  return [
    serve(
      contract.previewImport,
      policies.recording,
      async (_tx, { query }, call) => {
        const found = (await runner.preview(asked(query, call), call.request.body as Readable)) as Preview
        const now = call.now.toISOString()
        const { result } = found
        return {
          ...found,
          result: result && {
            ...result,
            source: query.source ?? query.kind,
            fileName: query.fileName,
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
      },
      'own',
    ),
    serve(
      contract.startImport,
      policies.recording,
      async (_tx, { query }, call) => {
        const id = await runner.start(asked(query, call), call.request.body as Readable)
        call.audit({
          objectKind: 'import',
          objectId: id,
          detail: { kind: query.kind, fileName: query.fileName },
        })
        return call.db.transaction(call.scope, (tx) => read(tx, id, runner))
      },
      'own',
    ),
    serve(contract.listImports, policies.recording, async (tx, { query }) => {
      const before = query.cursor ? new Date(Number(query.cursor)) : null
      const batches = await listBatches(tx, before, query.limit)
      const last = batches.at(-1)
      const next = batches.length === query.limit && last ? String(last.createdAt.getTime()) : null
      return { items: batches.map((batch) => batchReply(batch, [], runner)), next, total: null }
    }),
    serve(contract.readImport, policies.recording, (tx, { params }) => read(tx, params.id, runner)),
    serve(contract.cancelImport, policies.recording, async (tx, { params }) => {
      await readBatch(tx, params.id)
      if (!runner.cancel(params.id))
        throw new Refusal('not_running', 409, { zh: '该导入没有在进行。', en: 'This import is not running.' })
      return read(tx, params.id, runner)
    }),
    serve(
      contract.undoImport,
      policies.recording,
      async (_tx, { params }, call) => {
        await undoImport(call.db, call.scope, params.id, {
          now: call.now,
          openSink: (tx) => parts.openSink(tx, call.now),
        })
        call.audit({ objectKind: 'import', objectId: params.id })
        return call.db.transaction(call.scope, (tx) => read(tx, params.id, runner))
      },
      'own',
    ),
    serve(
      contract.downloadErrors,
      policies.recording,
      async (_tx, { params }, call) => {
        const folder = mkdtempSync(join(tmpdir(), 'zhihuan-errors-'))
        const path = join(folder, 'errors.xlsx')
        try {
          await writeErrors(call.db, call.scope, secrets, params.id, path, call.language)
          const name = encodeURIComponent(call.language === 'zh' ? '错误行.xlsx' : 'errors.xlsx')
          call.reply
            .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
            .header('cache-control', 'no-store')
            .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
          await call.reply.send(
            createReadStream(path).on('close', () => rmSync(folder, { recursive: true, force: true })),
          )
        } catch (error) {
          rmSync(folder, { recursive: true, force: true })
          throw error
        }
        return {}
      },
      'own',
    ),
    serve(
      contract.readRawRecord,
      policies.readingRecords,
      (_tx, { params, query }, call) =>
        rawRecord(call.db, call.scope, secrets, {
          factId: query.fact,
          batchId: params.id,
          line: params.line,
        }),
      'own',
    ),
    serve(contract.kindFields, policies.recording, async (_tx, { params }) => ({
      items: fields[params.kind].map((field) => ({
        name: field.name,
        zh: field.zh,
        en: field.en,
        required: field.required ?? false,
      })),
    })),
  ]
}
