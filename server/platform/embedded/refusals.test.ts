import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { DatabaseStartError } from './index.ts'
import { canPass, serverUser } from './server-user.ts'
import { end, type Held, hold, newStage, notTried, type Stage, sql } from './testing/stage.ts'

const root = process.getuid?.() === 0

function assertClear(
  refusal: Pick<DatabaseStartError, 'code' | 'zh' | 'en'> | Held['said'],
  code: string,
  place: string,
) {
  assert.equal(refusal.code, code, JSON.stringify(refusal))
  assert.ok(refusal.zh?.includes(place), refusal.zh)
  assert.ok(refusal.en?.includes(place), refusal.en)
  assert.match(refusal.zh ?? '', /请/)
}

test('a second product on the same data directory is refused and harms nothing', async () => {
  await using stage = newStage()
  const database = await stage.start()
  const second = await hold(stage.dataDir)
  await end(second, 'SIGKILL')
  assertClear(second.said, 'data_dir_in_use', stage.dataDir)
  assertClear(await stage.refusal(), 'data_dir_in_use', stage.dataDir)
  await sql(database.connection('app'), 'select 1')
})

test('a database of another major version is refused, both named, nothing touched', async () => {
  await using stage = newStage()
  mkdirSync(join(stage.cluster, 'base'), { recursive: true })
  writeFileSync(join(stage.cluster, 'PG_VERSION'), '15\n')
  const before = statSync(stage.cluster)
  const refusal = await stage.refusal()
  assertClear(refusal, 'other_major', stage.cluster)
  for (const text of [refusal.zh, refusal.en])
    assert.match(text, /PostgreSQL 15.*PostgreSQL 18.*zhihuan backup.*zhihuan restore/)
  assert.deepEqual(readdirSync(stage.cluster).toSorted(), ['PG_VERSION', 'base'])
  assert.equal(statSync(stage.cluster).mtimeMs, before.mtimeMs)
  assert.equal(existsSync(join(stage.dataDir, 'zhihuan.lock')), false)
})

test("a directory with other files in the database's place is refused", async () => {
  await using stage = newStage()
  mkdirSync(stage.cluster, { recursive: true })
  writeFileSync(join(stage.cluster, 'photo.jpg'), 'precious')
  assertClear(await stage.refusal(), 'not_a_cluster', stage.cluster)
  assert.equal(readFileSync(join(stage.cluster, 'photo.jpg'), 'utf8'), 'precious')
})

test('a file in the way of the data directory is refused', async () => {
  await using stage = newStage()
  writeFileSync(stage.dataDir, '')
  assertClear(await stage.refusal(), 'data_dir_unwritable', stage.dataDir)
})

test('a data directory with a path too long for a socket works', async () => {
  await using stage = newStage('长'.repeat(60))
  const database = await stage.start()
  const { host } = database.connection('app')
  assert.ok(host.length < 90)
  assert.equal(statSync(host).mode & 0o777, 0o700)
  await sql(database.connection('app'), 'select 1')
  await database.stop()
  rmSync(host, { recursive: true })
})

test('a data directory that only root can enter keeps its database outside', async (context) => {
  if (!root) return notTried(context, 'needs root')
  await using stage = newStage()
  chmodSync(dirname(stage.dataDir), 0o700)
  const database = await stage.start()
  const home = dirname(database.connection('app').host)
  assert.notEqual(home, stage.dataDir)
  await sql(database.connection('owner'), 'create table note (n int)')
  await database.stop()
  const again = await stage.start()
  assert.deepEqual(await sql(again.connection('owner'), 'table note'), [])
  await again.stop()

  rmSync(home, { recursive: true })
  assertClear(await stage.refusal(), 'data_dir_unreachable', home)
})

test('an ordinary user runs the whole of it', async (context) => {
  await using stage = newStage()
  const ordinary = asOrdinaryUser(context, stage)
  if (!ordinary) return
  const held = await hold(stage.dataDir, ordinary)
  assert.equal(held.said.code, undefined, held.said.zh)
  assert.equal(statSync(stage.cluster).uid, ordinary.uid ?? process.getuid?.())
  await end(held, 'SIGTERM')
  assert.equal(existsSync(join(stage.cluster, 'postmaster.pid')), false)
})

test('a data directory that cannot be written is refused', async (context) => {
  await using stage = newStage()
  const ordinary = asOrdinaryUser(context, stage)
  if (!ordinary) return
  chmodSync(stage.dataDir, 0o500)
  const held = await hold(stage.dataDir, ordinary)
  await end(held, 'SIGTERM')
  assertClear(held.said, 'data_dir_unwritable', stage.dataDir)
})

test('a database that belongs to another user is refused', async (context) => {
  if (!root) return notTried(context, 'needs root')
  await using stage = newStage()
  const ordinary = asOrdinaryUser(context, stage)
  if (!ordinary) return
  mkdirSync(stage.cluster)
  writeFileSync(join(stage.cluster, 'PG_VERSION'), '18\n')
  const held = await hold(stage.dataDir, ordinary)
  await end(held, 'SIGTERM')
  assertClear(held.said, 'data_dir_wrong_owner', stage.cluster)
})

test('root takes over a database that was restored as root', async (context) => {
  if (!root) return notTried(context, 'needs root')
  await using stage = newStage()
  const database = await stage.start()
  await database.stop()
  for (const entry of readdirSync(stage.cluster, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(stage.cluster, entry), 0, 0)
  }
  chownSync(stage.cluster, 0, 0)
  const again = await stage.start()
  await sql(again.connection('app'), 'select 1')
})

test("a stranger's directory in the place of the socket is refused", async (context) => {
  if (!root) return notTried(context, 'needs root')
  await using stage = newStage()
  mkdirSync(stage.dataDir)
  symlinkSync('/tmp', join(stage.dataDir, 'socket'))
  assertClear(await stage.refusal(), 'directory_taken', join(stage.dataDir, 'socket'))
})

/** Who an ordinary user is here: ourselves, or for root the user the database gets, with a directory of its own. */
function asOrdinaryUser(context: TestContext, stage: Stage): { uid?: number; gid?: number } | undefined {
  mkdirSync(stage.dataDir)
  if (!root) return {}
  const user = serverUser(undefined)
  chownSync(stage.dataDir, user.uid, user.gid)
  if (canPass(import.meta.dirname, user) && canPass(dirname(process.execPath), user)) return user
  notTried(context, `user ${user.name} cannot read ${import.meta.dirname}`)
  return undefined
}
