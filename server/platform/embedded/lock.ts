import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { beginningOf, ourIdentity, type ProcessIdentity } from './processes.ts'
import { DatabaseStartError, refusalOfFileError } from './refusal.ts'

export interface Lock {
  /** whether a lock that a dead product had left was taken over */
  takenOver: boolean
  release(): void
}

interface Holder extends ProcessIdentity {
  host: string
}

const beatMs = 2_000
const guardLifeMs = 5_000

/**
 * Makes this process the only product on a data directory. The lock lasts until `release` or the end of the
 * process; one left by a dead process is taken over. Refuses with `data_dir_in_use`.
 */
export async function takeLock(path: string): Promise<Lock> {
  const ours = JSON.stringify({ ...ourIdentity(), host: hostname() })
  for (;;) {
    if (createWith(path, ours)) return hold(path, ours, false)
    const found = read(path)
    if (found === undefined) continue
    if (await isHeld(path, found)) throw inUse(path, found)
    if (replace(path, found, ours)) return hold(path, ours, true)
    await wait(20)
  }
}

/** Creates the file complete with its text, or not at all when there is one. */
function createWith(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    try {
      linkSync(draft, path)
      return true
    } finally {
      unlinkSync(draft)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw refusalOfFileError(error, path)
  }
}

async function isHeld(path: string, text: string): Promise<boolean> {
  const holder = holderOf(text)
  if (holder === undefined) return false
  const us = ourIdentity()
  if (holder.world === us.world) return beginningOf(holder.pid) === holder.began
  return stillBeats(path)
}

/** The holder's process number means nothing here (reboot, other container, other machine): watch its beat. */
async function stillBeats(path: string): Promise<boolean> {
  const last = beatOf(path)
  if (Math.abs(Date.now() - last) > 10 * beatMs) return false
  await wait(3 * beatMs)
  return beatOf(path) > last
}

/** Only who holds the guard may replace a dead lock, so that two successors never follow the same dead one. */
function replace(path: string, dead: string, ours: string): boolean {
  const guard = `${path}.guard`
  if (!createWith(guard, ours)) {
    if (Date.now() - beatOf(guard) > guardLifeMs) remove(guard)
    return false
  }
  try {
    if (read(path) !== dead) return false
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, ours, { mode: 0o600 })
    renameSync(draft, path)
    return true
  } finally {
    remove(guard)
  }
}

function hold(path: string, ours: string, takenOver: boolean): Lock {
  const beat = setInterval(() => beatOnce(path), beatMs).unref()
  const release = () => {
    clearInterval(beat)
    process.off('exit', release)
    if (read(path) === ours) remove(path)
  }
  process.on('exit', release)
  return { takenOver, release }
}

function beatOnce(path: string): void {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // A full or vanished disk must not end the product; the beat only matters to another container.
  }
}

function beatOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw refusalOfFileError(error, path)
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // already gone
  }
}

function holderOf(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return undefined
  }
}

function inUse(path: string, text: string): DatabaseStartError {
  const holder = holderOf(text)
  return new DatabaseStartError(
    'data_dir_in_use',
    `数据目录正被另一个质环进程使用（进程 ${holder?.pid}，主机 ${holder?.host}，锁文件 ${path}）。请先停止它，或用 ZHIHUAN_DATA 指定另一个目录。`,
    `The data directory is in use by another Zhihuan (process ${holder?.pid} on ${holder?.host}, lock file ${path}). Stop it first, or name another directory with ZHIHUAN_DATA.`,
  )
}
