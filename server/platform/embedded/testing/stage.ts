import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { Client } from 'pg'
import type { Connection } from '../accounts.ts'
import { DatabaseStartError, type Embedded, startEmbedded } from '../index.ts'
import { existingPlace } from '../place.ts'
import { readPidFile, stopPostmaster } from '../postmaster.ts'
import { clusterMark, processesOf } from '../processes.ts'

/** A scratch data directory whose server, and everything else in it, is gone after the test. */
export interface Stage extends AsyncDisposable {
  dataDir: string
  cluster: string
  logged: string[]
  start(): Promise<Embedded>
  /** what a start is refused with */
  refusal(): Promise<DatabaseStartError>
}

export function newStage(name = 'data'): Stage {
  const scratch = scratchDirectory()
  const dataDir = join(scratch, name)
  const logged: string[] = []
  const started: Embedded[] = []
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    logged,
    start: async () => {
      const database = await startEmbedded({ dataDir, log: (line) => logged.push(line) })
      started.push(database)
      return database
    },
    refusal: async () => {
      try {
        started.push(await startEmbedded({ dataDir, log: (line) => logged.push(line) }))
      } catch (error) {
        if (error instanceof DatabaseStartError) return error
        throw error
      }
      return assert.fail('it started, but should have been refused')
    },
    [Symbol.asyncDispose]: async () => {
      for (const database of started) await database.stop()
      await stopLeftOver(dataDir)
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** Run as root, the database's user has to get in. */
export function scratchDirectory(): string {
  const scratch = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  chmodSync(scratch, 0o711)
  return scratch
}

async function stopLeftOver(dataDir: string): Promise<void> {
  const place = existingPlace(dataDir)
  const pid = place && processesOf(clusterMark(place.cluster), place.user.uid).postmaster
  if (pid !== undefined) await stopPostmaster(pid)
}

/** What `hold.ts` says: where its server is, or why there is none. */
export interface Held {
  child: ChildProcess
  said: { pid: number; adopted: boolean; host: string; port: number; code?: string; zh?: string; en?: string }
}

/** Runs `hold.ts` in a process of its own, as another user when one is given. */
export async function hold(
  dataDir: string,
  identity: { uid?: number; gid?: number } = {},
  script = join(import.meta.dirname, 'hold.ts'),
): Promise<Held> {
  const child = spawn(process.execPath, [script, dataDir], {
    ...identity,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  return { child, said: JSON.parse(String(line.value)) }
}

export async function end({ child }: Held, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** Runs one statement, or several, on a connection of its own. */
export async function sql(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Waits until a check holds, up to `limitMs`, trying again when it throws. */
export async function until(check: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  let last: unknown
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    try {
      if (await check()) return
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.fail(`not reached within ${limitMs} ms${last === undefined ? '' : `: ${String(last)}`}`)
}

export function postmasterOf(cluster: string): number {
  return readPidFile(cluster)?.pid ?? assert.fail('no postmaster.pid')
}

/** Says visibly that something could not be tried here. */
export function notTried(context: TestContext, why: string): void {
  context.diagnostic(`NOT TRIED: ${why}`)
  context.skip(why)
}
