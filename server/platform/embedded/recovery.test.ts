import assert from 'node:assert/strict'
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { beginningOf } from './processes.ts'
import { end, hold, newStage, postmasterOf, sql, until } from './testing/stage.ts'

test('a server orphaned by a killed product is taken over, watched and stopped', async () => {
  await using stage = newStage()
  const killed = await hold(stage.dataDir)
  assert.equal(killed.said.adopted, false)
  await end(killed, 'SIGKILL')
  assert.equal(postmasterOf(stage.cluster), killed.said.pid)

  const database = await stage.start()
  assert.equal(database.adopted, true)
  assert.equal(database.pid, killed.said.pid)
  await sql(database.connection('owner'), 'create table note (n int); insert into note values (1)')

  process.kill(database.pid, 'SIGKILL')
  await until(async () => (await sql(database.connection('owner'), 'table note')).length === 1)
  await until(() => database.pid !== killed.said.pid)
  assert.match(stage.logged.join('\n'), /is back/)

  await database.stop()
  assert.equal(beginningOf(database.pid), undefined)
  assert.equal(existsSync(join(stage.dataDir, 'zhihuan.lock')), false)
})

test('a killed postmaster comes back with everything acknowledged, even under a busy child', async () => {
  await using stage = newStage()
  const database = await stage.start()
  await sql(database.connection('owner'), 'create table note (n int)')
  for (let round = 1; round <= 3; round++) {
    await sql(database.connection('owner'), `insert into note values (${round})`)
    const busy = sql(database.connection('owner'), 'select count(*) from generate_series(1, 1e9)')
    const outcome = busy.then(
      () => 'answered',
      () => 'cut off',
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    process.kill(postmasterOf(stage.cluster), 'SIGKILL')
    await until(async () => (await sql(database.connection('owner'), 'table note')).length === round)
    assert.equal(await outcome, 'cut off')
  }
})

test("a killed child is the postmaster's own affair: it recovers and stays", async () => {
  await using stage = newStage()
  const database = await stage.start()
  const pid = database.pid
  await sql(database.connection('owner'), 'create table note (n int); insert into note values (1)')
  const victim = sql(database.connection('owner'), 'select pg_backend_pid(), pg_sleep(60)')
  let pidOfVictim = 0
  // It may not sleep yet when it is first looked for.
  await until(async () => {
    const [row] = await sql(
      database.connection('super'),
      `select pid from pg_stat_activity where query like '%pg_sleep(60)%' and usename = 'zhihuan_owner'`,
    )
    pidOfVictim = Number(row?.pid ?? 0)
    return pidOfVictim > 0
  })
  process.kill(pidOfVictim, 'SIGKILL')
  await assert.rejects(victim)
  await until(async () => (await sql(database.connection('owner'), 'table note')).length === 1)
  assert.equal(database.pid, pid)
})

test('a server that keeps dying is given up with one message', async () => {
  await using stage = newStage()
  const database = await stage.start()
  appendFileSync(join(stage.cluster, 'postgresql.auto.conf'), 'no_such_setting = 1\n')
  process.kill(database.pid, 'SIGKILL')
  const refusal = await database.lost
  assert.equal(refusal.code, 'crash_loop')
  assert.match(refusal.zh, /一分钟内退出 5 次.*no_such_setting/)
  assert.match(refusal.en, /5 times within a minute.*no_such_setting/)
  await database.stop()
})

test('a process number left in postmaster.pid by an earlier boot is no obstacle', async () => {
  await using stage = newStage()
  const database = await stage.start()
  await database.stop()
  const { host } = database.connection('super')
  writeFileSync(
    join(stage.cluster, 'postmaster.pid'),
    `${process.pid}\n${stage.cluster}\n1\n5432\n${host}\n\n\nready\n`,
  )
  writeFileSync(join(host, '.s.PGSQL.5432.lock'), `${process.pid}\n${stage.cluster}\n1\n5432\n${host}\n`)
  writeFileSync(join(host, '.s.PGSQL.5432'), '')
  const again = await stage.start()
  assert.equal(again.adopted, false)
  await sql(again.connection('app'), 'select 1')
})

test('an orphan that no longer answers is stopped and a new server started', async () => {
  await using stage = newStage()
  const killed = await hold(stage.dataDir)
  await end(killed, 'SIGKILL')
  rmSync(join(killed.said.host, '.s.PGSQL.5432'))
  const database = await stage.start()
  assert.equal(database.adopted, false)
  assert.equal(beginningOf(killed.said.pid), undefined)
  await sql(database.connection('app'), 'select 1')
})

test('stopping while the server is coming back leaves none running', async () => {
  await using stage = newStage()
  const database = await stage.start()
  process.kill(database.pid, 'SIGKILL')
  await until(() => stage.logged.some((line) => line.includes('restarting')))
  await database.stop()
  assert.equal(beginningOf(database.pid), undefined)
  assert.equal(existsSync(join(stage.cluster, 'postmaster.pid')), false)
})
