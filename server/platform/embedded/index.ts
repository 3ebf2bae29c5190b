import { type Connection, checkServer, connectionOf } from './accounts.ts'
import { ensureCluster } from './cluster.ts'
import { takeLock } from './lock.ts'
import { existingPlace, makePrivate, type Place, preparePlace, socketDirectoryOf } from './place.ts'
import {
  clearRemains,
  type Postmaster,
  readPidFile,
  ready,
  startFailedBecause,
  startPostmaster,
  stopPostmaster,
  walCompression,
} from './postmaster.ts'
import { clusterMark, processesOf, signal } from './processes.ts'
import { findPrograms, type Programs } from './programs.ts'
import { DatabaseStartError, refusalOfFileError } from './refusal.ts'
import { writeSettings } from './settings.ts'
import { supervise } from './supervise.ts'

export { DatabaseStartError }

/** The database server this process keeps running. */
export interface Embedded {
  /** libpq-style connection for one of our roles over the Unix socket */
  connection(role: 'owner' | 'app' | 'super'): Connection
  /** whether the server of an earlier run was taken over */
  adopted: boolean
  readonly pid: number
  /** fulfilled when the server kept dying and was given up: end the product with this message */
  lost: Promise<DatabaseStartError>
  /** fast shutdown (SIGINT), after 30 s SIGQUIT; frees the data directory for another product */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL in `<dataDir>/postgres`, creating it the first time, or takes over the server that a killed
 * product has left. The caller calls `stop` before it ends; `keep` leaves the server running when it does not.
 *
 * @throws DatabaseStartError with what is wrong and what to do, in Chinese and English
 */
export async function startEmbedded(options: {
  dataDir: string
  log: (line: string) => void
  keep?: boolean
}): Promise<Embedded> {
  const place = preparePlace(options.dataDir, options.log)
  const lock = await takeLock(place.lockFile)
  try {
    if (lock.takenOver) options.log('接管了已结束进程留下的锁 / took over the lock of a process that is gone')
    return await run(place, lock.release, options.log, options.keep ?? false)
  } catch (error) {
    lock.release()
    throw refusalOfFileError(error, place.home)
  }
}

async function run(
  place: Place,
  release: () => void,
  log: (line: string) => void,
  keep: boolean,
): Promise<Embedded> {
  const programs = findPrograms(place)
  await ensureCluster(place, programs)
  const changed = writeSettings(place, await walCompression(place, programs))
  const orphan = await adopt(place, programs, changed, log)
  const server = orphan ?? (await startFresh(place, programs, socketDirectoryOf(place)))
  const { socketDirectory } = server
  const supervision = supervise(place, server, () => startFresh(place, programs, socketDirectory), log)
  if (!keep) process.on('exit', supervision.abandon)
  return {
    connection: (role) => connectionOf(role, socketDirectory),
    adopted: orphan !== undefined,
    get pid() {
      return supervision.pid()
    },
    lost: supervision.lost,
    stop: async () => {
      await supervision.stop()
      process.off('exit', supervision.abandon)
      release()
    },
  }
}

/** Takes over a server that is running already; one that is unhealthy, ending or of an older version is stopped. */
async function adopt(
  place: Place,
  programs: Programs,
  settingsChanged: boolean,
  log: (line: string) => void,
): Promise<Postmaster | undefined> {
  const { postmaster: pid } = processesOf(clusterMark(place.cluster), place.user.uid)
  if (pid === undefined) return undefined
  try {
    signal(pid, 'SIGCONT') // a paused server answers nothing, and follows no request to end either
    if (settingsChanged) signal(pid, 'SIGHUP')
    if (!(await ready(place.cluster, pid))) throw new Error('not ready')
    const socketDirectory = readPidFile(place.cluster)?.socketDirectory ?? ''
    await checkServer(socketDirectory, programs.version)
    log(`接管了仍在运行的数据库（进程 ${pid}）/ took over the running database (process ${pid})`)
    return { pid, socketDirectory }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log(
      `停止遗留的数据库（进程 ${pid}）：${reason} / stopping the database left over (process ${pid}): ${reason}`,
    )
    await stopPostmaster(pid)
    if (error instanceof DatabaseStartError) throw error
    return undefined
  }
}

async function startFresh(place: Place, programs: Programs, socketDirectory: string): Promise<Postmaster> {
  makePrivate(socketDirectory, place.user)
  await clearRemains(place, socketDirectory)
  const server = await startPostmaster(place, programs, socketDirectory)
  try {
    await checkServer(socketDirectory, programs.version)
    return server
  } catch (error) {
    await stopPostmaster(server.pid)
    throw error instanceof DatabaseStartError ? error : startFailedBecause(place, String(error))
  }
}

/**
 * The server that another process runs on this data directory, for a command that only needs to connect;
 * undefined when none answers.
 */
export function runningEmbedded(dataDir: string): Pick<Embedded, 'connection' | 'pid'> | undefined {
  const place = existingPlace(dataDir)
  if (!place) return undefined
  const noted = readPidFile(place.cluster)
  if (noted?.status !== 'ready') return undefined
  const { postmaster } = processesOf(clusterMark(place.cluster), place.user.uid)
  if (postmaster !== noted.pid) return undefined
  return { pid: noted.pid, connection: (role) => connectionOf(role, noted.socketDirectory) }
}
