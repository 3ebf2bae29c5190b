import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { keptOrder } from './list-order.ts'
import { sql } from './sql.ts'

let t: TestDatabase
before(async () => {
  t = await testDatabase()
})
after(() => t.end())

async function order(reading: string, rows: number, build = true) {
  return t.db.transaction(await t.whole(), (tx) =>
    keptOrder(tx, {
      reading,
      question: [sql`numbers`],
      at: 100,
      build,
      following: (most) => sql`
        select ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid as id
        from generate_series(1, ${Math.min(rows, most)}::int) as numbers (i)`,
    }),
  )
}

const numbered = (i: number) => `00000000-0000-0000-0000-${String(i).padStart(12, '0')}`

test('an order is asked for by place; before it begins and behind its end there is nothing', async () => {
  const kept = await order('one', 1000)
  assert.equal(kept?.total, 1100)
  assert.deepEqual(kept?.ids(100, 2), [numbered(1), numbered(2)])
  assert.deepEqual(kept?.ids(1098, 5), [numbered(999), numbered(1000)])
  assert.deepEqual(kept?.ids(1100, 5), [])
  assert.equal(kept?.ids(99, 5), undefined)
})

test('it is made once, only where asked to be made, and is gone when forgotten', async () => {
  assert.equal(await order('two', 10, false), undefined)
  assert.equal((await order('two', 10))?.total, 110)
  // Had it been read again, it would be another.
  assert.equal((await order('two', 20))?.total, 110)
  ;(await order('two', 10))?.forget()
  assert.equal(await order('two', 10, false), undefined)
})

test('a list that is too long for it is not kept', async () => {
  assert.equal((await order('long', 250_000))?.total, 250_100)
  assert.equal(await order('longer', 250_001), undefined)
})

test('orders take 32 MB together: the one used longest ago goes first', async () => {
  // 4 MB each: eight stand beside each other, a ninth takes the place of one.
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await order(name, 250_000)
  await order('a', 250_000, false)
  for (const name of ['h', 'i']) await order(name, 250_000)
  assert.ok(await order('a', 250_000, false))
  assert.equal(await order('b', 250_000, false), undefined)
})

test('whoever waits for what another reads does without it when that fails', async () => {
  const whole = await t.whole()
  const wanted = { reading: 'broken', question: [sql`broken`], at: 0, build: true }
  const failing = t.db.transaction(whole, (tx) =>
    keptOrder(tx, { ...wanted, following: () => sql`select 1 / 0 as id` }),
  )
  const waiting = t.db.transaction(whole, (tx) =>
    keptOrder(tx, { ...wanted, following: () => sql`select gen_random_uuid() as id` }),
  )
  await assert.rejects(failing)
  await waiting
  const next = await t.db.transaction(whole, (tx) =>
    keptOrder(tx, { ...wanted, following: () => sql`select gen_random_uuid() as id` }),
  )
  assert.equal(next?.total, 1)
})
