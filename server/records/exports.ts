import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { ExportJob, startExport } from '../../contract/records.ts'
import { policies, readActor } from '../access/index.ts'
import { organizationOf } from '../directory/index.ts'
import { scopeOf } from '../platform/actor.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { recordsLists } from './lists.ts'
import { writeExport } from './write-export.ts'

export type Asked = z.output<typeof startExport.body>

export interface Exporter {
  userId: string
  name: string
  language: 'zh' | 'en'
}

/** Writes lists to files behind the page. They are kept for 24 hours; a restart ends those that are being written. */
export interface Exports {
  /** Answers when the file is written, or after a moment while it is being written. */
  start(scope: Scope, exporter: Exporter, asked: Asked): Promise<ExportJob>
  cancel(tx: Tx, userId: string, id: string): Promise<ExportJob>
  fileOf(id: string, format: string): string
}

const keptMs = 24 * 3_600_000
/** No sign of life for so long, and the process that wrote it is gone. */
const deadMs = 120_000
const momentMs = 1500
const mostAtOnce = 2

export const listExports = (tx: Tx, userId: string, now: Date): Promise<ExportJob[]> =>
  readExports(tx, userId, now, null)

async function readExports(tx: Tx, userId: string, now: Date, id: string | null): Promise<ExportJob[]> {
  const rows = await tx.rows<Omit<ExportJob, 'createdAt' | 'expiresAt'> & { created_at: Date }>(sql`
    select id, list, format, file_name as "fileName", total, rows_done as rows, created_at,
      case when state = 'running' and alive_at < ${new Date(now.getTime() - deadMs)} then 'failed' else state end as state
    from records.export
    where organization_id = ${tx.organizationId} and user_id = ${userId}
      and created_at > ${new Date(now.getTime() - keptMs)} and (${id}::uuid is null or id = ${id}::uuid)
    order by created_at desc, id desc limit 50`)
  return rows.map(({ created_at, ...row }) => ({
    ...row,
    createdAt: created_at.toISOString(),
    expiresAt: new Date(created_at.getTime() + keptMs).toISOString(),
  }))
}

export async function readExport(tx: Tx, userId: string, id: string, now: Date): Promise<ExportJob> {
  const [job] = await readExports(tx, userId, now, id)
  if (!job) throw notFound()
  return job
}

export function openExports(parts: {
  db: Database
  dataDir: string
  secrets: Secrets
  now: () => Date
}): Exports {
  const { db, secrets } = parts
  const folder = join(parts.dataDir, 'exports')
  const fileOf = (id: string, format: string) => join(folder, `${id}.${format}`)
  const stopped = new Set<string>()

  function dropOld(): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (parts.now().getTime() - statSync(path).mtimeMs > keptMs) rmSync(path, { force: true })
    }
  }

  const end = (scope: Scope, id: string, state: string) =>
    db.transaction(scope, (tx) =>
      tx.run(sql`
        update records.export set state = ${state}, ended_at = ${parts.now()}
        where organization_id = ${tx.organizationId} and id = ${id} and state = 'running'`),
    )

  /** The scope as it is now: whoever lost a right gets no further row. */
  async function scopeNow(scope: Scope, userId: string): Promise<Scope> {
    const actor = await db.transaction(
      { organizationId: scope.organizationId, unitIds: [] },
      (tx) => readActor(tx, userId, parts.now()),
      { readOnly: true },
    )
    const now = actor && scopeOf(actor, policies.readingRecords.roles)
    if (!now) throw new Error('the right to read was withdrawn')
    return { organizationId: scope.organizationId, unitIds: now.unitIds }
  }

  async function run(scope: Scope, exporter: Exporter, asked: Asked, id: string): Promise<void> {
    const path = fileOf(id, asked.format)
    try {
      await writeExport({
        path,
        asked,
        exporter,
        secrets,
        now: parts.now(),
        read: async (work) =>
          db.transaction(await scopeNow(scope, exporter.userId), work, {
            readOnly: true,
            timeoutMs: 120_000,
          }),
        progress: async (rows, total) => {
          if (stopped.has(id)) throw new Error('cancelled')
          await db.transaction(scope, (tx) =>
            tx.run(sql`
              update records.export set rows_done = ${rows}, total = coalesce(${total}::int, total), alive_at = ${parts.now()}
              where organization_id = ${tx.organizationId} and id = ${id}`),
          )
        },
      })
      await end(scope, id, 'done')
    } catch {
      rmSync(path, { force: true })
      // With the database gone nothing can be noted: the missing sign of life tells it later.
      await end(scope, id, stopped.has(id) ? 'cancelled' : 'failed').catch(() => {})
    } finally {
      stopped.delete(id)
    }
  }

  return {
    fileOf,
    start: async (scope, exporter, asked) => {
      dropOld()
      const id = newId(parts.now().getTime())
      await db.transaction(scope, (tx) => open(tx, exporter, asked, id, parts.now()))
      const running = run(scope, exporter, asked, id)
      await Promise.race([running, new Promise((done) => setTimeout(done, momentMs).unref())])
      return db.transaction(scope, (tx) => readExport(tx, exporter.userId, id, parts.now()))
    },
    cancel: async (tx, userId, id) => {
      const job = await readExport(tx, userId, id, parts.now())
      if (job.state === 'running') stopped.add(id)
      return job
    },
  }
}

async function open(tx: Tx, exporter: Exporter, asked: Asked, id: string, now: Date): Promise<void> {
  const jobs = await listExports(tx, exporter.userId, now)
  if (jobs.filter(({ state }) => state === 'running').length >= mostAtOnce)
    throw new Refusal('too_many_exports', 429, {
      zh: '已有两个导出正在进行，请等其中一个完成或取消它。',
      en: 'Two exports are being written already; wait for one of them, or cancel it.',
    })
  const title = recordsLists[asked.list].name[asked.columns === 'template' ? 'zh' : exporter.language]
  const { zone } = await organizationOf(tx)
  const name = `${title}_${dayToDate(zone.localDay(now.getTime()))}.${asked.format}`
  await tx.run(sql`
    insert into records.export (organization_id, id, user_id, list, format, file_name, state, total, created_at, alive_at)
    values (${tx.organizationId}, ${id}, ${exporter.userId}, ${asked.list}, ${asked.format}, ${name}, 'running', 0,
      ${now}, ${now})`)
}
