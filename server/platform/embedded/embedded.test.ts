import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Embedded, runningEmbedded } from './index.ts'
import { beginningOf } from './processes.ts'
import { newStage, type Stage, sql } from './testing/stage.ts'

test('a first start makes the database; the next one finds what was written', async () => {
  await using stage = newStage('数据 "目录", 一')
  assert.equal(runningEmbedded(stage.dataDir), undefined)
  mkdirSync(join(stage.dataDir, 'postgres.new-killed-half-way', 'base'), { recursive: true })
  const first = await stage.start()
  assert.equal(first.adopted, false)
  assert.deepEqual(
    readdirSync(stage.dataDir).filter((name) => name.includes('.new-')),
    [],
  )
  await sql(first.connection('owner'), `create table note (text text); insert into note values ('你好')`)
  await first.stop()
  assert.equal(beginningOf(first.pid), undefined)

  const before = performance.now()
  const second = await stage.start()
  assert.ok(performance.now() - before < 5000)
  assert.deepEqual(await sql(second.connection('owner'), 'table note'), [{ text: '你好' }])
})

test('a started server', async (context) => {
  await using stage = newStage()
  const database = await stage.start()
  await context.test('gives its roles the rights they need and no more', () => assertRights(database))
  await context.test('keeps what it acknowledges', () => assertSettings(database))
  await context.test('can be reached by its owner alone', () => assertPrivate(database, stage))
  await context.test('knows Chinese letters', () => assertChinese(database))
  await context.test('logs nothing of what a failed statement held', () => assertCleanLog(database, stage))
  await context.test('is found by another command until it is stopped', () => assertFound(database, stage))
})

async function assertRights(database: Embedded): Promise<void> {
  const roles = await sql(
    database.connection('super'),
    `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
       from pg_roles where rolname like 'zhihuan%' order by 1`,
  )
  const none = { rolsuper: false, rolbypassrls: false, rolreplication: false }
  assert.deepEqual(roles, [
    { rolname: 'zhihuan_app', ...none, rolcreaterole: false, rolcreatedb: false },
    { rolname: 'zhihuan_owner', ...none, rolcreaterole: true, rolcreatedb: true },
  ])
  const [owner] = await sql(
    database.connection('owner'),
    `select current_user, pg_has_role('zhihuan_app', 'member') as is_app, datdba::regrole::text as owner
       from pg_database where datname = current_database()`,
  )
  assert.deepEqual(owner, { current_user: 'zhihuan_owner', is_app: true, owner: 'zhihuan_owner' })
  await sql(database.connection('owner'), 'create database copy')
  await assert.rejects(sql(database.connection('app'), 'create table public.mine (n int)'), { code: '42501' })
  await assert.rejects(sql({ ...database.connection('app'), user: 'somebody' }, 'select 1'), {
    code: '28000',
  })
}

async function assertSettings(database: Embedded): Promise<void> {
  const rows = await sql(
    database.connection('super'),
    `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'full_page_writes',
       'synchronous_commit', 'data_checksums', 'jit', 'TimeZone', 'max_connections', 'work_mem', 'max_wal_size',
       'log_min_duration_statement', 'server_encoding')`,
  )
  assert.deepEqual(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])), {
    TimeZone: 'UTC',
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    jit: 'off',
    listen_addresses: '',
    log_min_duration_statement: '-1',
    max_connections: '60',
    max_wal_size: '2048',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
    work_mem: '32768',
  })
}

function assertPrivate(database: Embedded, stage: Stage): void {
  assert.equal(statSync(database.connection('app').host).mode & 0o777, 0o700)
  assert.equal(statSync(stage.cluster).mode & 0o777, 0o700)
}

async function assertChinese(database: Embedded): Promise<void> {
  await sql(database.connection('owner'), 'create extension pg_trgm')
  const [letters] = await sql(
    database.connection('owner'),
    `select array_length(show_trgm('空调维修'), 1) as trigrams, datlocprovider, datcollate, datctype, datlocale
       from pg_database where datname = current_database()`,
  )
  const locale = { datlocprovider: 'b', datcollate: 'C', datctype: 'C.UTF-8', datlocale: 'C.UTF-8' }
  assert.deepEqual(letters, { trigrams: 5, ...locale })
}

async function assertCleanLog(database: Embedded, stage: Stage): Promise<void> {
  const failing = `create table phone (number text unique); insert into phone values ('13812345678'), ('13812345678')`
  await assert.rejects(sql(database.connection('owner'), failing), { code: '23505' })
  const log = readFileSync(join(stage.dataDir, 'logs', 'postgres.log'), 'utf8')
  assert.match(log, /duplicate key/)
  assert.doesNotMatch(log, /13812345678/)
}

async function assertFound(database: Embedded, stage: Stage): Promise<void> {
  const found = runningEmbedded(stage.dataDir)
  assert.equal(found?.pid, database.pid)
  assert.deepEqual(found?.connection('app'), database.connection('app'))
  await database.stop()
  assert.equal(runningEmbedded(stage.dataDir), undefined)
}

test('a setting that loses acknowledged records is undone for a role, and refused for the server', async () => {
  await using stage = newStage()
  const database = await stage.start()
  await sql(database.connection('super'), 'alter role zhihuan_app set synchronous_commit = off')
  await database.stop()

  const again = await stage.start()
  assert.deepEqual(await sql(again.connection('app'), 'show synchronous_commit'), [
    { synchronous_commit: 'on' },
  ])
  await again.stop()

  appendFileSync(join(stage.cluster, 'postgresql.auto.conf'), 'full_page_writes = off\n')
  const refusal = await stage.refusal()
  assert.equal(refusal.code, 'unsafe_setting')
  assert.match(refusal.zh, /full_page_writes = off.*postgresql\.auto\.conf:3/)
  assert.match(refusal.en, /full_page_writes = off.*postgresql\.auto\.conf:3/)
  assert.equal(runningEmbedded(stage.dataDir), undefined, 'nothing is left running')
})
