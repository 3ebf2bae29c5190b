import type { Readable } from 'node:stream'
import type { z } from 'zod'
import * as contract from '../../contract/intake.ts'
import { policies } from '../access/index.ts'
import { homeUnitOf } from '../platform/actor.ts'
import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { Duplicates } from '../platform/fact-table.ts'
import { sendWorkbook } from '../platform/http/send-workbook.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { listBatches, readBatch } from './batches.ts'
import type { Correction } from './corrections.ts'
import { writeErrors } from './errors-file.ts'
import { fields, type Kind } from './fields.ts'
import { type Mapping, readMapping } from './mapping.ts'
import type { Layout } from './open-mapped.ts'
import type { Previewed } from './preview.ts'
import { rawRecord } from './raw-record.ts'
import { type Asked, batchReply, type ImportRunner, previewReply, readReply } from './replies.ts'
import { templateName, writeTemplate } from './template.ts'
import { undoImport } from './undo.ts'
import { foreseeUndo } from './undo-foreseen.ts'

function asked(query: z.output<typeof contract.startImport.query>, call: Call): Asked {
  return askedBy(
    call,
    { kind: query.kind, source: query.source, mapping: mappingOf(query.mapping) },
    query.fileName,
  )
}

interface Reading {
  kind: Kind
  source?: string | undefined
  layout?: Layout | undefined
  mapping?: Mapping | undefined
  duplicates?: Duplicates | undefined
  corrections?: Correction[] | undefined
  show?: Asked['show']
  after?: number | undefined
}

const askedBy = (call: Call, reading: Reading, fileName: string): Asked => ({
  scope: { organizationId: call.scope.organizationId, unitIds: call.scope.unitIds },
  kind: reading.kind,
  fileName,
  sourceName: reading.source,
  mapping: reading.mapping,
  layout: reading.layout,
  duplicates: reading.duplicates,
  corrections: reading.corrections,
  show: reading.show,
  after: reading.after,
  userId: call.actor.userId,
  homeUnitId: homeUnitOf(call.actor, call.scope),
})

function mappingOf(text: string | undefined): Mapping | undefined {
  if (text === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal('mapping_wrong', 422, { zh: '映射不是有效的 JSON。', en: 'The mapping is not JSON.' })
  }
  return mappingIn(json)
}

function mappingIn(json: unknown): Mapping {
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
  const started = (call: Call, id: string, detail: Record<string, unknown>) => {
    call.audit({ objectKind: 'import', objectId: id, detail })
    return call.db.transaction(call.scope, (tx) => readReply(tx, id, runner))
  }
  return [
    serve(
      contract.previewImport,
      policies.recording,
      async (_tx, { query }, call) => {
        const found = await runner.preview(asked(query, call), call.request.body as Readable)
        return previewReply(found as Previewed, about(query, call))
      },
      'own',
    ),
    serve(
      contract.startImport,
      policies.recording,
      async (_tx, { query }, call) => {
        const id = await runner.start(asked(query, call), call.request.body as Readable)
        return started(call, id, { kind: query.kind, fileName: query.fileName })
      },
      'own',
    ),
    serve(
      contract.uploadFile,
      policies.recording,
      async (_tx, { query }, call) => {
        const upload = { userId: call.actor.userId, fileName: query.fileName, now: call.now }
        const kept = await runner.keep(upload, call.request.body as Readable)
        call.audit({ objectKind: 'upload', objectId: kept.id, detail: { fileName: query.fileName } })
        return {
          id: kept.id,
          fileName: kept.fileName,
          bytes: kept.bytes,
          expiresAt: kept.expiresAt.toISOString(),
        }
      },
      'own',
    ),
    serve(
      contract.previewFile,
      policies.recording,
      async (_tx, { params, body }, call) => {
        const kept = runner.kept(params.id, call.actor.userId, call.now)
        const found = await runner.preview(askedBy(call, readingOf(body), kept.fileName), kept)
        return previewReply(found as Previewed, about(body, call))
      },
      'own',
    ),
    serve(
      contract.importUpload,
      policies.recording,
      async (_tx, { params, body }, call) => {
        const kept = runner.kept(params.id, call.actor.userId, call.now)
        const id = await runner.start(askedBy(call, readingOf(body), kept.fileName), kept)
        const corrected = body.corrections?.length ?? 0
        return started(call, id, { kind: body.kind, fileName: kept.fileName, corrected })
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
    serve(contract.readImport, policies.recording, (tx, { params }) => readReply(tx, params.id, runner)),
    serve(contract.cancelImport, policies.recording, async (tx, { params }) => {
      await readBatch(tx, params.id)
      if (!runner.cancel(params.id))
        throw new Refusal('not_running', 409, { zh: '该导入没有在进行。', en: 'This import is not running.' })
      return readReply(tx, params.id, runner)
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
        return call.db.transaction(call.scope, (tx) => readReply(tx, params.id, runner))
      },
      'own',
    ),
    serve(
      contract.downloadErrors,
      policies.recording,
      (_tx, { params }, call) =>
        sendWorkbook(call.reply, call.language === 'zh' ? '错误行.xlsx' : 'errors.xlsx', (path) =>
          writeErrors(call.db, call.scope, secrets, params.id, path, call.language),
        ),
      'own',
    ),
    serve(
      contract.importTemplate,
      policies.recording,
      (_tx, { params }, call) =>
        sendWorkbook(call.reply, `${templateName(params.kind)}.xlsx`, (path) =>
          writeTemplate(path, params.kind),
        ),
      'own',
    ),
    serve(contract.foreseeUndo, policies.recording, (tx, { params }) => foreseeUndo(tx, params.id)),
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

const about = (reading: { kind: Kind; source?: string | undefined }, call: Call) => ({
  source: reading.source ?? reading.kind,
  user: call.actor.name,
  now: call.now,
})

const readingOf = (body: z.output<typeof contract.previewFile.body>): Reading => ({
  ...body,
  mapping: body.mapping === undefined ? undefined : mappingIn(body.mapping),
})
