import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'

/** Says which process this is beyond its number, which the system gives out again. */
export interface ProcessIdentity {
  pid: number
  /** when it began, in the system's own words; equal only for the same process */
  began: string
  /** the boot and the set of process numbers that `pid` counts in: another machine or container has another */
  world: string
}

/** This very process. */
export function ourIdentity(): ProcessIdentity {
  return { pid: process.pid, began: beginningOf(process.pid) ?? '', world: ourWorld() }
}

/** When a live process began; undefined when there is none (a zombie is none). */
export function beginningOf(pid: number): string | undefined {
  return process.platform === 'linux' ? beginningFromProc(pid) : beginningFromPs(pid)
}

function beginningFromProc(pid: number): string | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`)
  // The second field, the program's name in brackets, may itself hold blanks and brackets.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}

function beginningFromPs(pid: number): string | undefined {
  const [state, ...began] = ps(['-o', 'state=,lstart=', '-p', String(pid)])
    .trim()
    .split(/\s+/)
  return !state || state.startsWith('Z') ? undefined : began.join(' ')
}

function ourWorld(): string {
  if (process.platform !== 'linux') return process.platform
  return `${readOrNothing('/proc/sys/kernel/random/boot_id')?.trim()} ${readlinkSync('/proc/self/ns/pid')}`
}

/**
 * A name that only processes of this cluster carry in their command line: the postmaster in its arguments, its
 * children in their title. Made of the directory's inode, so it holds however the path is written; read from
 * the command line because root in a container may not read another user's /proc/<pid>/cwd.
 */
export function clusterMark(cluster: string): string {
  const { dev, ino } = statSync(cluster)
  return `zhihuan-${dev}-${ino}`
}

/** The live processes of the cluster with that mark: its postmaster and the children of it. */
export function processesOf(
  mark: string,
  uid: number,
): { postmaster: number | undefined; children: number[] } {
  const all = process.platform === 'linux' ? listFromProc(uid) : listFromPs(uid)
  return {
    postmaster: all.find(({ command }) => command.includes(`cluster_name=${mark}`))?.pid,
    children: all
      .filter(({ command }) => command.startsWith(`postgres: ${mark}: `))
      .map(({ pid }) => pid)
      .filter((pid) => beginningOf(pid) !== undefined),
  }
}

function listFromProc(uid: number): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statSync(`/proc/${name}`, { throwIfNoEntry: false })?.uid === uid)
    .map((name) => ({
      pid: Number(name),
      command: (readOrNothing(`/proc/${name}/cmdline`) ?? '').replaceAll('\0', ' '),
    }))
}

function listFromPs(uid: number): { pid: number; command: string }[] {
  return ps(['-axww', '-U', String(uid), '-o', 'pid=,command='])
    .split('\n')
    .map((line) => /^\s*(\d+) (.*)$/.exec(line))
    .map((match) => ({ pid: Number(match?.[1]), command: match?.[2] ?? '' }))
}

function ps(options: string[]): string {
  try {
    return execFileSync('ps', options, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  } catch {
    return '' // ps exits 1 when no process matches
  }
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Waits until the process is gone; false when it still lives after `limitMs`. */
export async function gone(pid: number, limitMs: number): Promise<boolean> {
  const began = beginningOf(pid)
  for (const end = Date.now() + limitMs; began !== undefined && beginningOf(pid) === began; ) {
    if (Date.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return true
}
