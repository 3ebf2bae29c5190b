import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { dirname } from 'node:path'

const limitBytes = 10 * 1024 * 1024
const keptFiles = 5

/** Opens the server's log for appending, for a child to write to; the caller closes it. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return openSync(path, 'a', 0o600)
}

/**
 * Once the log is over 10 MB, keeps it as `.1` (older ones `.2` … `.5`) and empties it. The server appends to
 * the open file, so copying and emptying works while it runs, also one an earlier product had started.
 */
export function rotateLog(path: string, limit = limitBytes): void {
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= limit) return
    for (let number = keptFiles - 1; number >= 1; number--) {
      if (existsSync(`${path}.${number}`)) renameSync(`${path}.${number}`, `${path}.${number + 1}`)
    }
    copyFileSync(path, `${path}.1`)
    truncateSync(path)
  } catch {
    // A full disk must not take the database down with it; the next minute tries again.
  }
}

export function logLength(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** What the server wrote after `from` (bytes) that explains why it ended: its last fatal line and the two before. */
export function reasonInLog(path: string, from: number): string {
  if (!existsSync(path)) return ''
  const file = openSync(path, 'r')
  try {
    const size = fstatSync(file).size
    const start = Math.max(from <= size ? from : 0, size - 16_384)
    const bytes = Buffer.alloc(size - start)
    readSync(file, bytes, 0, bytes.length, start)
    const lines = bytes.toString('utf8').split('\n').filter(Boolean)
    const grave = lines.findLastIndex((line) => /FATAL|PANIC|ERROR|error while loading/.test(line))
    return (grave < 0 ? lines : lines.slice(0, grave + 1)).slice(-3).join(' | ')
  } finally {
    closeSync(file)
  }
}
