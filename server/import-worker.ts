import { parentPort, workerData } from 'node:worker_threads'
import type pg from 'pg'
import {
  type Correction,
  type Imported,
  importFile,
  type Kind,
  type Layout,
  type Mapping,
  type Previewed,
  previewFile,
} from './intake/index.ts'
import { openSink } from './measurement/index.ts'
import { openDatabase, type Scope, type Tx } from './platform/database.ts'
import type { Duplicates } from './platform/fact-table.ts'
import { Refusal } from './platform/refusal.ts'
import { openSecrets } from './platform/secrets.ts'

/** What the server hands to the thread that reads a file: the thread has its own memory limit and connection. */
export interface ImportTask {
  preview: boolean
  app: pg.PoolConfig
  dataDir: string
  scope: Scope
  kind: Kind
  path: string
  fileName: string
  sourceName: string | undefined
  mapping: Mapping | undefined
  layout: Layout | undefined
  duplicates: Duplicates | undefined
  corrections: Correction[] | undefined
  /** Of a preview: which rows to show, and after which line. */
  show: 'errors' | 'warnings' | 'all' | undefined
  after: number | undefined
  userId: string
  homeUnitId: string
  batchId: string
}

export type ImportMessage =
  | { said: 'opened' }
  | { said: 'progress'; rows: number; bytes: number; total: number }
  | { said: 'done'; result: Imported | Previewed }
  | { said: 'refused'; code: string; status: number; zh: string; en: string; detail: Record<string, unknown> }
  | { said: 'failed'; message: string }

const task = workerData as ImportTask
const port = parentPort
const say = (message: ImportMessage) => port?.postMessage(message)
const cancelled = new AbortController()
port?.on('message', (message) => {
  if (message === 'cancel') cancelled.abort()
})

const db = openDatabase({ ...task.app, max: 2 })
try {
  say({ said: 'done', result: await work() })
} catch (error) {
  if (error instanceof Refusal)
    say({
      said: 'refused',
      code: error.code,
      status: error.status,
      zh: error.zh,
      en: error.en,
      detail: error.detail,
    })
  else
    say({ said: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
} finally {
  await db.end()
  port?.close()
}

function work(): Promise<Imported | Previewed> {
  const now = new Date()
  const request = {
    ...task,
    now,
    secrets: openSecrets(task.dataDir),
    openSink: (tx: Tx) => openSink(tx, now),
    signal: cancelled.signal,
  }
  if (task.preview) return previewFile(db, task.scope, request)
  let told = 0
  return importFile(db, task.scope, {
    ...request,
    onOpened: () => say({ said: 'opened' }),
    onProgress: (progress) => {
      if (Date.now() - told < 200) return
      told = Date.now()
      say({ said: 'progress', ...progress })
    },
  })
}
