import { parentPort, workerData } from 'node:worker_threads'
import type pg from 'pg'
import {
  guessMapping,
  type Imported,
  importFile,
  type Kind,
  type Mapping,
  openTable,
  refused,
  sampleRows,
} from './intake/index.ts'
import { openSink } from './measurement/index.ts'
import { openDatabase, type Scope } from './platform/database.ts'
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
  userId: string
  homeUnitId: string
  batchId: string
}

export interface Previewed {
  header: string[]
  headerRow: number
  format: string
  encoding: string | null
  sheets: { name: string; hidden: boolean }[]
  mapping: Mapping
  guesses: { column: string; field: string; confidence: number; why: string }[]
  unmapped: string[]
  sample: (string | null)[][]
  result: Imported | null
}

export type ImportMessage =
  | { said: 'opened' }
  | { said: 'progress'; rows: number; bytes: number; total: number }
  | { said: 'done'; result: Imported | Previewed }
  | { said: 'refused'; code: string; status: number; zh: string; en: string; detail: Record<string, unknown> }
  | { said: 'failed'; message: string }

/** Bytes of a file that a preview still reads whole. */
const mostPreviewed = 20 * 1024 ** 2

const task = workerData as ImportTask
const port = parentPort
const say = (message: ImportMessage) => port?.postMessage(message)
const cancelled = new AbortController()
port?.on('message', (message) => {
  if (message === 'cancel') cancelled.abort()
})

const db = openDatabase({ ...task.app, max: 2 })
try {
  say({ said: 'done', result: task.preview ? await preview() : await bring(false) })
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

function bring(dryRun: boolean): Promise<Imported> {
  const now = new Date()
  let told = 0
  return importFile(db, task.scope, {
    ...task,
    dryRun,
    now,
    secrets: openSecrets(task.dataDir),
    openSink: (tx) => openSink(tx, now),
    signal: cancelled.signal,
    onOpened: () => say({ said: 'opened' }),
    onProgress: (progress) => {
      if (Date.now() - told < 200) return
      told = Date.now()
      say({ said: 'progress', ...progress })
    },
  })
}

async function preview(): Promise<Previewed> {
  const table = await refused(openTable(task.path, { name: task.fileName }))
  const sample = await refused(sampleRows(table))
  const guess = guessMapping(task.kind, table.header, sample)
  const result = table.bytesTotal > mostPreviewed ? null : await bring(true).catch(whyNot)
  return {
    header: table.header,
    headerRow: table.headerRow,
    format: table.format,
    encoding: table.encoding,
    sheets: table.sheets,
    mapping: task.mapping ?? guess.mapping,
    guesses: guess.guesses,
    unmapped: guess.unmapped,
    sample: sample.slice(0, 20).map((row) => row.cells.map(shown)),
    result,
  }
}

/** A mapping that does not fit yet still shows the columns, so that it can be mended. */
function whyNot(error: unknown): null {
  if (error instanceof Refusal && error.code === 'mapping_wrong') return null
  throw error
}

function shown(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null
  if (typeof cell !== 'object') return String(cell).slice(0, 200)
  return 'date' in cell ? String(cell.date) : 'text' in cell ? String(cell.text) : null
}
