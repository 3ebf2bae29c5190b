import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import type { ImportMessage, ImportTask } from './import-worker.ts'
import { newId } from './platform/ids.ts'
import { Refusal } from './platform/refusal.ts'

export interface Progress {
  rows: number
  rowsPerSecond: number
  bytes: number
  total: number
}

type Asked = Omit<ImportTask, 'app' | 'dataDir' | 'path' | 'batchId' | 'preview'>

/** Runs uploads in threads of their own, two at a time, each with a memory limit. */
export interface Imports {
  preview(asked: Asked, body: Readable): Promise<Extract<ImportMessage, { said: 'done' }>['result']>
  /** Answers once the batch exists; the import goes on behind. */
  start(asked: Asked, body: Readable): Promise<string>
  progress(batchId: string): Progress | null
  cancel(batchId: string): boolean
  importedRows(): number
  stop(): Promise<void>
}

const mostAtOnce = 2
const mostBytes = 2 * 1024 ** 3

export function openImports(parts: {
  app: ImportTask['app']
  dataDir: string
  log: (line: string) => void
}): Imports {
  const folder = join(parts.dataDir, 'uploads')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const running = new Map<string, { worker: Worker; progress: Progress; started: number }>()
  const waiting: (() => void)[] = []
  let busy = 0
  let rowsDone = 0

  async function turn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= mostAtOnce) await new Promise<void>((go) => waiting.push(go))
    busy++
    try {
      return await work()
    } finally {
      busy--
      waiting.shift()?.()
    }
  }

  async function receive(body: Readable): Promise<string> {
    const path = join(folder, newId())
    let bytes = 0
    body.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes > mostBytes) body.destroy(new Error('too large'))
    })
    try {
      await pipeline(body, createWriteStream(path, { mode: 0o600 }))
    } catch (error) {
      rmSync(path, { force: true })
      if (bytes > mostBytes)
        throw new Refusal('file_too_large', 413, {
          zh: '文件超过 2 GB 上限。',
          en: 'The file is over the limit of 2 GB.',
        })
      throw error
    }
    return path
  }

  function run(
    task: ImportTask,
    onOpened: () => void,
  ): Promise<Extract<ImportMessage, { said: 'done' }>['result']> {
    return new Promise((done, fail) => {
      const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
        workerData: task,
        resourceLimits: { maxOldGenerationSizeMb: 512 },
      })
      const started = Date.now()
      running.set(task.batchId, {
        worker,
        started,
        progress: { rows: 0, rowsPerSecond: 0, bytes: 0, total: 0 },
      })
      worker.on('message', (message: ImportMessage) => {
        if (message.said === 'opened') onOpened()
        else if (message.said === 'progress') {
          const seconds = Math.max(0.001, (Date.now() - started) / 1000)
          const { rows, bytes, total } = message
          const entry = running.get(task.batchId)
          if (entry) entry.progress = { rows, bytes, total, rowsPerSecond: Math.round(rows / seconds) }
        } else if (message.said === 'done') done(message.result)
        else if (message.said === 'refused')
          fail(new Refusal(message.code, message.status, { zh: message.zh, en: message.en }, message.detail))
        else {
          parts.log(`import ${task.batchId}: ${message.message}`)
          fail(new Error(message.message))
        }
      })
      worker.on('error', (error) => {
        parts.log(`import ${task.batchId}: ${error}`)
        const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        fail(
          memory
            ? new Refusal('file_refused', 413, {
                zh: '文件需要的内存超过 512 MB 上限。',
                en: 'The file needs more than the memory limit of 512 MB.',
              })
            : error,
        )
      })
      worker.on('exit', () => {
        running.delete(task.batchId)
        fail(new Error('the import thread ended'))
      })
    })
  }

  const taskOf = (asked: Asked, path: string, preview: boolean): ImportTask => ({
    ...asked,
    app: parts.app,
    dataDir: parts.dataDir,
    path,
    preview,
    batchId: newId(),
  })

  return {
    preview: async (asked, body) => {
      const path = await receive(body)
      try {
        return await turn(() => run(taskOf(asked, path, true), () => {}))
      } finally {
        rmSync(path, { force: true })
      }
    },
    start: async (asked, body) => {
      const path = await receive(body)
      const task = taskOf(asked, path, false)
      return new Promise((opened, refuse) => {
        turn(() => run(task, () => opened(task.batchId)))
          .then((result) => {
            if ('rows' in result) rowsDone += result.rows
            opened(task.batchId)
          }, refuse)
          .finally(() => rmSync(path, { force: true }))
      })
    },
    progress: (batchId) => running.get(batchId)?.progress ?? null,
    cancel: (batchId) => {
      const entry = running.get(batchId)
      entry?.worker.postMessage('cancel')
      return entry !== undefined
    },
    importedRows: () => rowsDone,
    stop: async () => {
      await Promise.all([...running.values()].map(({ worker }) => worker.terminate()))
    },
  }
}
