import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { rotateLog } from './log-file.ts'
import type { Place } from './place.ts'
import { type Postmaster, stopPostmaster } from './postmaster.ts'
import { beginningOf, signal } from './processes.ts'
import { DatabaseStartError } from './refusal.ts'

export interface Supervision {
  pid(): number
  /** fulfilled when the server kept dying and is given up */
  lost: Promise<DatabaseStartError>
  /** asks the server to end, without waiting: all that a process can still do while it exits */
  abandon(): void
  /** ends the watch, then the server, and waits for it */
  stop(): Promise<void>
}

const crashLimit = 5
const crashWindowMs = 60_000
const watchMs = 100
const rotateMs = 60_000
const diskFullPauseMs = 5_000

/** Watches over a running server and brings it back when it dies, until it dies five times within a minute. */
export function supervise(
  place: Place,
  first: Postmaster,
  restart: () => Promise<Postmaster>,
  log: (line: string) => void,
): Supervision {
  const stopped = new AbortController()
  const lost = Promise.withResolvers<DatabaseStartError>()
  const crashes: number[] = []
  let server = first
  let alive = true

  const watchOver = async (): Promise<void> => {
    for (;;) {
      await ended(server, stopped.signal)
      if (stopped.signal.aborted) return
      alive = false
      const back = await bringBack()
      if (!back) return
      server = back
      alive = true
    }
  }

  const bringBack = async (): Promise<Postmaster | undefined> => {
    const diedAt = Date.now()
    log(
      `数据库意外退出（进程 ${server.pid}），正在重启 / the database ended (process ${server.pid}), restarting`,
    )
    for (let reason = ''; !stopped.signal.aborted; ) {
      crashes.push(Date.now())
      const recent = crashes.filter((at) => at > Date.now() - crashWindowMs).length
      if (recent >= crashLimit) return giveUp(reason)
      try {
        const back = await restart()
        const tookMs = Date.now() - diedAt
        log(
          `数据库已恢复（进程 ${back.pid}，${tookMs} ms）/ the database is back (process ${back.pid}, ${tookMs} ms)`,
        )
        return back
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error)
        log(reason.replaceAll('\n', ' / '))
        await pauseAfter(error, recent)
      }
    }
    return undefined
  }

  /** A full disk is no crash loop: space comes back without us, and then so does the database. */
  const pauseAfter = async (error: unknown, recent: number): Promise<void> => {
    const full = error instanceof DatabaseStartError && error.code === 'disk_full'
    if (full) crashes.length = 0
    await pause(full ? diskFullPauseMs : 100 * 2 ** recent, stopped.signal)
  }

  const giveUp = (reason: string): undefined => {
    const refusal = crashLoop(place, reason)
    log(refusal.message.replaceAll('\n', ' / '))
    lost.resolve(refusal)
  }

  const rotation = setInterval(() => rotateLog(place.logFile), rotateMs).unref()
  const watching = watchOver()
  let stopping: Promise<void> | undefined

  const stop = async (): Promise<void> => {
    clearInterval(rotation)
    stopped.abort()
    await watching
    if (alive) await stopPostmaster(server.pid)
  }

  return {
    pid: () => server.pid,
    lost: lost.promise,
    abandon: () => {
      if (alive && !stopped.signal.aborted) signal(server.pid, 'SIGINT')
    },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** Waits until the server is gone or the watch is ended. One we did not start tells nobody: it is looked at. */
async function ended({ pid, child }: Postmaster, stop: AbortSignal): Promise<void> {
  if (child) {
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit', { signal: stop }).catch(() => {})
    }
    return
  }
  const began = beginningOf(pid)
  while (!stop.aborted && began !== undefined && beginningOf(pid) === began) await pause(watchMs, stop)
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await wait(ms, undefined, { ref: false, signal: stop }).catch(() => {})
}

function crashLoop({ logFile }: Place, reason: string): DatabaseStartError {
  const [zh = '', en = ''] =
    reason === '' ? [`详情见 ${logFile}。`, `Details are in ${logFile}.`] : reason.split('\n')
  return new DatabaseStartError(
    'crash_loop',
    `数据库一分钟内退出 ${crashLimit} 次，不再重启。${zh}请排除原因后重新启动质环。`,
    `The database ended ${crashLimit} times within a minute and is not started again. ${en} Remove the cause, then start Zhihuan again.`,
  )
}
