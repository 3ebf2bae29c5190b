import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLog, reasonInLog, rotateLog } from './log-file.ts'

function scratchLog(): { path: string } & Disposable {
  const scratch = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  return {
    path: join(scratch, 'logs', 'postgres.log'),
    [Symbol.dispose]: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

test('a log over its limit is kept as .1 … .5, and a writer goes on in the emptied file', () => {
  using scratch = scratchLog()
  const file = openLog(scratch.path)
  for (const round of [1, 2, 3, 4, 5, 6, 7]) {
    writeSync(file, `round ${round}\n`)
    rotateLog(scratch.path, 5)
  }
  writeSync(file, 'now\n')
  assert.equal(readFileSync(scratch.path, 'utf8'), 'now\n')
  const kept = [1, 2, 3, 4, 5].map((number) => readFileSync(`${scratch.path}.${number}`, 'utf8'))
  assert.deepEqual(kept, ['round 7\n', 'round 6\n', 'round 5\n', 'round 4\n', 'round 3\n'])
  assert.equal(existsSync(`${scratch.path}.6`), false)
})

test('a log within its limit stays as it is', () => {
  using scratch = scratchLog()
  writeSync(openLog(scratch.path), 'short\n')
  rotateLog(scratch.path, 100)
  assert.equal(readFileSync(scratch.path, 'utf8'), 'short\n')
  assert.equal(existsSync(`${scratch.path}.1`), false)
})

test('the reason is the fatal line written since the start and what led to it, not an older one', () => {
  using scratch = scratchLog()
  openLog(scratch.path)
  appendFileSync(scratch.path, 'FATAL:  of yesterday\n')
  const from = readFileSync(scratch.path).length
  appendFileSync(scratch.path, 'LOG:  starting\nFATAL:  could not create lock file\nLOG:  done\n')
  assert.equal(reasonInLog(scratch.path, from), 'LOG:  starting | FATAL:  could not create lock file')
})
