import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { takeLock } from './lock.ts'
import { ourIdentity } from './processes.ts'

function scratchLock(): { path: string } & Disposable {
  const scratch = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  return {
    path: join(scratch, 'zhihuan.lock'),
    [Symbol.dispose]: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

function writeHolder(path: string, holder: object): void {
  writeFileSync(path, JSON.stringify({ ...ourIdentity(), host: 'here', ...holder }))
}

test('a lock that is held is refused with the process that holds it, and is free after release', async () => {
  using scratch = scratchLock()
  const lock = await takeLock(scratch.path)
  assert.equal(lock.takenOver, false)
  await assert.rejects(takeLock(scratch.path), (error: Error) => {
    assert.match(error.message, new RegExp(`进程 ${process.pid}`))
    assert.match(error.message, new RegExp(`process ${process.pid}`))
    return true
  })
  lock.release()
  assert.equal(existsSync(scratch.path), false)
  const next = await takeLock(scratch.path)
  next.release()
})

test('a lock of a process that is gone is taken over at once', async () => {
  using scratch = scratchLock()
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'exit')
  writeHolder(scratch.path, { pid: child.pid })
  const lock = await takeLock(scratch.path)
  assert.equal(lock.takenOver, true)
  lock.release()
})

test('a lock whose process number now belongs to another process is taken over', async () => {
  using scratch = scratchLock()
  writeHolder(scratch.path, { began: '1' })
  const lock = await takeLock(scratch.path)
  assert.equal(lock.takenOver, true)
  lock.release()
})

test('a torn lock file is taken over', async () => {
  using scratch = scratchLock()
  writeFileSync(scratch.path, '{"pid":')
  const lock = await takeLock(scratch.path)
  assert.equal(lock.takenOver, true)
  lock.release()
})

test('a lock from before a reboot is taken over at once', async () => {
  using scratch = scratchLock()
  writeHolder(scratch.path, { world: 'an earlier boot' })
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(scratch.path, longAgo, longAgo)
  const before = Date.now()
  const lock = await takeLock(scratch.path)
  assert.ok(Date.now() - before < 1000)
  lock.release()
})

test('a lock from another container is respected while it beats', async () => {
  using scratch = scratchLock()
  writeHolder(scratch.path, { world: 'another container', pid: 999_999_999 })
  const beat = setInterval(() => utimesSync(scratch.path, new Date(), new Date()), 1000)
  try {
    await assert.rejects(takeLock(scratch.path), { code: 'data_dir_in_use' })
  } finally {
    clearInterval(beat)
  }
})

test('of eight products that start on a dead lock at the same time, exactly one gets it', async () => {
  using scratch = scratchLock()
  writeHolder(scratch.path, { began: '1' })
  const module = JSON.stringify(join(import.meta.dirname, 'lock.ts'))
  const script = `const { takeLock } = await import(${module})
    const outcome = await takeLock(process.argv[1]).then(() => 'got it', (error) => error.code)
    process.stdout.write(outcome)
    await new Promise((resolve) => process.stdin.once('end', resolve).resume())`
  const children = Array.from({ length: 8 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script, scratch.path], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  )
  const outcomes = await Promise.all(
    children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])),
  )
  for (const child of children) child.stdin.end()
  await Promise.all(children.map((child) => once(child, 'exit')))
  assert.deepEqual(outcomes.toSorted(), [...Array.from({ length: 7 }, () => 'data_dir_in_use'), 'got it'])
  assert.equal(existsSync(scratch.path), false, 'the holder frees the lock when its process ends')
})

test('the holder does not free a lock that somebody else has put in its place', async () => {
  using scratch = scratchLock()
  const lock = await takeLock(scratch.path)
  writeFileSync(scratch.path, 'theirs')
  lock.release()
  assert.equal(readFileSync(scratch.path, 'utf8'), 'theirs')
})
