import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { logLength, openLog, reasonInLog, rotateLog } from './log-file.ts'
import { type Place, port } from './place.ts'
import { beginningOf, clusterMark, gone, processesOf, signal } from './processes.ts'
import type { Programs } from './programs.ts'
import { DatabaseStartError, diskFull, speaksOfFullDisk } from './refusal.ts'
import { spawnIdentity } from './server-user.ts'

/** A running server; `child` when this process has started it. */
export interface Postmaster {
  pid: number
  socketDirectory: string
  child?: ChildProcess
}

const run = promisify(execFile)
const recoveryLimitMs = 10 * 60_000

/** Starts the server and waits until it answers; crash recovery may take its time. */
export async function startPostmaster(
  place: Place,
  programs: Programs,
  socketDirectory: string,
): Promise<Postmaster> {
  rotateLog(place.logFile)
  const logFrom = logLength(place.logFile)
  const child = launch(place, programs, socketDirectory)
  const pid = await pidOf(child, place)
  if (await ready(place.cluster, pid)) return { pid, socketDirectory, child }
  if (beginningOf(pid) !== undefined) await stopPostmaster(pid)
  throw startFailed(place, logFrom)
}

function launch(place: Place, programs: Programs, socketDirectory: string): ChildProcess {
  const fixed = {
    cluster_name: clusterMark(place.cluster),
    listen_addresses: '',
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: String(port),
    logging_collector: 'off',
    log_destination: 'stderr',
  }
  const options = Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openLog(place.logFile)
  try {
    // Detached: a Ctrl-C in the terminal must reach the product alone, which then stops the server in order.
    return spawn(programs.postgres, ['-D', place.cluster, ...options], {
      ...spawnIdentity(place.user),
      cwd: '/',
      detached: true,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
}

async function pidOf(child: ChildProcess, place: Place): Promise<number> {
  const failure = new Promise<Error>((resolve) => child.once('error', resolve))
  child.unref()
  if (child.pid !== undefined) return child.pid
  throw startFailedBecause(place, (await failure).message)
}

/** Waits while the server starts or recovers; false when it ends or takes longer than ten minutes. */
export async function ready(cluster: string, pid: number): Promise<boolean> {
  const began = beginningOf(pid)
  for (const end = Date.now() + recoveryLimitMs; Date.now() < end && began !== undefined; await wait(5)) {
    const noted = readPidFile(cluster)
    if (noted?.pid === pid && noted.status === 'ready') return true
    if (noted?.pid === pid && noted.status === 'stopping') return false
    if (beginningOf(pid) !== began) return false
  }
  return false
}

export function readPidFile(
  cluster: string,
): { pid: number; socketDirectory: string; status: string } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), socketDirectory: lines[4] ?? '', status: lines[7]?.trim() ?? '' }
  } catch {
    return undefined
  }
}

/** Fast shutdown; a server that does not follow within 30 s is ended harder, and recovers at its next start. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [name, limitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signal(pid, name)
    if (await gone(pid, limitMs)) return
  }
}

/**
 * Ends what is left of a server whose postmaster died: its children still hold the shared memory, and a busy
 * one would hold up the next start until its query is done. Then removes what it left in files, because its
 * process number may by now belong to somebody else.
 */
export async function clearRemains(place: Place, socketDirectory: string): Promise<void> {
  const mark = clusterMark(place.cluster)
  for (const [name, limitMs] of [
    ['SIGQUIT', 3_000],
    ['SIGKILL', 5_000],
  ] as const) {
    const { children } = processesOf(mark, place.user.uid)
    for (const pid of children) signal(pid, name)
    await Promise.all(children.map((pid) => gone(pid, limitMs)))
  }
  rmSync(join(place.cluster, 'postmaster.pid'), { force: true })
  rmSync(join(socketDirectory, `.s.PGSQL.${port}`), { force: true })
  rmSync(join(socketDirectory, `.s.PGSQL.${port}.lock`), { force: true })
}

/** Whether these programs can write the log of changes with lz4; the plain method costs more time. */
export async function walCompression(place: Place, programs: Programs): Promise<'lz4' | 'on'> {
  const question = ['-C', 'wal_compression', '-c', 'wal_compression=lz4', '-D', place.cluster]
  try {
    await run(programs.postgres, question, { ...spawnIdentity(place.user), cwd: '/', env: { LC_ALL: 'C' } })
    return 'lz4'
  } catch {
    return 'on'
  }
}

function startFailed(place: Place, logFrom: number): DatabaseStartError {
  const { bavail, bsize } = statfsSync(place.home)
  const reason = reasonInLog(place.logFile, logFrom)
  if (bavail * bsize < 1024 * 1024 || speaksOfFullDisk(reason)) return diskFull(place.home)
  return startFailedBecause(place, reason)
}

export function startFailedBecause(place: Place, reason: string): DatabaseStartError {
  return new DatabaseStartError(
    'start_failed',
    `数据库无法启动（${place.cluster}）：${reason}。详情见 ${place.logFile}。`,
    `The database could not be started (${place.cluster}): ${reason}. Details are in ${place.logFile}.`,
  )
}
