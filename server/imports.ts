import { createWriteStream, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
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
  /** Null until it can be told. */
  secondsLeft: number | null
}

/** A file that was uploaded to be looked at before it is imported. */
export interface KeptFile {
  id: string
  userId: string
  fileName: string
  path: string
  bytes: number
  expiresAt: Date
}

/** A body on its way in, or a file kept before. */
type Source = Readable | KeptFile

type Asked = Omit<ImportTask, 'app' | 'dataDir' | 'path' | 'batchId' | 'preview'>

/** Runs uploads in threads of their own, two at a time, each with a memory limit. */
export interface Imports {
  /** Keeps a file for its uploader: 24 hours, or until it is imported or the process ends. */
  keep(upload: { userId: string; fileName: string; now: Date }, body: Readable): Promise<KeptFile>
  /** @throws Refusal when it is gone, or another user's */
  kept(id: string, userId: string, now: Date): KeptFile
  preview(asked: Asked, source: Source): Promise<Extract<ImportMessage, { said: 'done' }>['result']>
  /** Answers once the batch exists; the import goes on behind. */
  start(asked: Asked, source: Source): Promise<string>
  progress(batchId: string): Progress | null
  cancel(batchId: string): boolean
  importedRows(): number
  stop(): Promise<void>
}

/**
 * Of the thread that reads a file. What is young dies with its chunk of rows: the usual 96 MB for it would only be filled
 * with what is no longer needed.
 */
export const threadMemory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 24 }

const mostAtOnce = 2
const mostBytes = 2 * 1024 ** 3
const keptMs = 24 * 3_600_000
/** Files one user may have waiting; the oldest makes room. */
const mostKept = 8

const isKept = (source: Source): source is KeptFile => 'expiresAt' in source

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
  const files = new Map<string, KeptFile>()
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
        resourceLimits: threadMemory,
      })
      const started = Date.now()
      running.set(task.batchId, {
        worker,
        started,
        progress: { rows: 0, rowsPerSecond: 0, bytes: 0, total: 0, secondsLeft: null },
      })
      worker.on('message', (message: ImportMessage) => {
        if (message.said === 'opened') onOpened()
        else if (message.said === 'progress') {
          const seconds = Math.max(0.001, (Date.now() - started) / 1000)
          const { rows, bytes, total } = message
          const entry = running.get(task.batchId)
          if (entry)
            entry.progress = {
              rows,
              bytes,
              total,
              rowsPerSecond: Math.round(rows / seconds),
              // The first second is spent on opening the file and tells nothing.
              secondsLeft:
                seconds < 1 || bytes === 0 ? null : Math.ceil((seconds * Math.max(0, total - bytes)) / bytes),
            }
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

  const drop = (file: KeptFile): void => {
    files.delete(file.id)
    rmSync(file.path, { force: true })
  }
  const dropExpired = (now: Date): void => {
    for (const file of files.values()) if (file.expiresAt <= now) drop(file)
  }

  return {
    keep: async ({ userId, fileName, now }, body) => {
      dropExpired(now)
      const path = await receive(body)
      const mine = [...files.values()].filter((file) => file.userId === userId)
      for (const file of mine.slice(0, Math.max(0, mine.length - mostKept + 1))) drop(file)
      const expiresAt = new Date(now.getTime() + keptMs)
      const file = { id: newId(), userId, fileName, path, bytes: statSync(path).size, expiresAt }
      files.set(file.id, file)
      return file
    },
    kept: (id, userId, now) => {
      dropExpired(now)
      const file = files.get(id)
      if (file && file.userId === userId && existsSync(file.path)) return file
      throw new Refusal('upload_gone', 404, {
        zh: '上传的文件已不在服务器上（保留 24 小时，服务重启后清除）。请重新选择文件。',
        en: 'The uploaded file is no longer here (kept for 24 hours, and not over a restart). Choose it again.',
      })
    },
    preview: async (asked, source) => {
      const path = isKept(source) ? source.path : await receive(source)
      try {
        return await turn(() => run(taskOf(asked, path, true), () => {}))
      } finally {
        if (!isKept(source)) rmSync(path, { force: true })
      }
    },
    start: async (asked, source) => {
      const path = isKept(source) ? source.path : await receive(source)
      const task = taskOf(asked, path, false)
      return new Promise((opened, refuse) => {
        turn(() => run(task, () => opened(task.batchId)))
          .then((result) => {
            if ('batch' in result) rowsDone += result.rows
            // Only a file that is in is done with: after a failure it can be tried again.
            if (isKept(source)) drop(source)
            opened(task.batchId)
          }, refuse)
          .finally(() => {
            if (!isKept(source)) rmSync(path, { force: true })
          })
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
