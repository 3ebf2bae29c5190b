import { createReadStream, existsSync } from 'node:fs'
import * as contract from '../../contract/records.ts'
import { policies } from '../access/index.ts'
import type { Database } from '../platform/database.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { listExports, openExports, readExport } from './exports.ts'
import { readHistory } from './history.ts'
import { chooseUsualView, deleteView, listViews, saveView } from './views.ts'

interface Parts {
  db: Database
  dataDir: string
  secrets: Secrets
  now: () => Date
}

export const recordsRoutes = (parts: Parts) => [
  serve(contract.readHistory, policies.readingRecords, async (tx, { params }) => ({
    items: await readHistory(tx, parts.secrets, params),
  })),
  ...viewRoutes,
  ...exportRoutes(parts),
]

const viewRoutes = [
  serve(contract.listViews, policies.readingRecords, async (tx, { query }, call) => ({
    items: await listViews(tx, call, query.list),
  })),
  serve(contract.saveView, policies.savingViews, async (tx, { body }, call) => {
    const view = await saveView(tx, call, body, call.now)
    call.audit({ objectKind: 'view', objectId: view.id, detail: { team: body.team } })
    return view
  }),
  serve(contract.deleteView, policies.savingViews, async (tx, { params }, call) => {
    await deleteView(tx, call, params.id)
    call.audit({ objectKind: 'view', objectId: params.id })
    return {}
  }),
  serve(contract.chooseUsualView, policies.savingViews, (tx, { params, body }, call) => {
    call.audit({ objectKind: 'view', objectId: params.id, detail: { usual: body.usual } })
    return chooseUsualView(tx, call, params.id, body.usual)
  }),
]

const exporterOf = ({ actor, language }: Call) => ({ userId: actor.userId, name: actor.name, language })

function exportRoutes(parts: Parts) {
  const exports = openExports(parts)
  return [
    serve(
      contract.startExport,
      policies.exporting,
      async (_tx, { body }, call) => {
        const job = await exports.start(call.scope, exporterOf(call), body)
        call.audit({
          objectKind: 'export',
          objectId: job.id,
          detail: { list: body.list, format: body.format, filter: body.filter ?? '' },
        })
        return job
      },
      'own',
    ),
    serve(contract.listExports, policies.readingRecords, async (tx, _input, call) => ({
      items: await listExports(tx, call.actor.userId, call.now),
    })),
    serve(contract.cancelExport, policies.exporting, (tx, { params }, call) => {
      call.audit({ objectKind: 'export', objectId: params.id })
      return exports.cancel(tx, call.actor.userId, params.id)
    }),
    serve(
      contract.downloadExport,
      policies.readingRecords,
      async (_tx, { params }, { db, scope, actor, now, reply }) => {
        const job = await db.transaction(scope, (tx) => readExport(tx, actor.userId, params.id, now))
        const path = exports.fileOf(job.id, job.format)
        if (job.state !== 'done' || !existsSync(path))
          throw new Refusal('export_gone', 404, {
            zh: '导出文件还没有写好或已被清除（保留 24 小时）。请重新导出。',
            en: 'The file is not written yet, or gone (kept for 24 hours). Export it again.',
          })
        reply
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(job.fileName)}`)
          .type(types[job.format])
          .send(createReadStream(path))
        return undefined
      },
      'own',
    ),
  ]
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}
