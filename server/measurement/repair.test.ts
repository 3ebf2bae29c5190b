import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { openWorkOrders } from '../cases/index.ts'
import { handSource } from '../directory/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, writeFacts } from '../platform/fact-table.ts'
import { dateToDay } from '../platform/time.ts'
import { installPack } from '../standards/index.ts'
import { drainChanges } from './drain.ts'
import { figures } from './figures.ts'
import { rebuild } from './rebuild.ts'
import { records } from './records.ts'
import { disownCells, renewCells } from './renew.ts'
import { openSink } from './sink.ts'
import { startMeasuring } from './worker.ts'

const now = new Date('2024-06-15T04:00:00Z')
const at = (local: string) => Date.parse(`2024-${local}+08:00`)
let t: TestDatabase

before(async () => {
  t = await testDatabase()
  await t.db.transaction(await t.whole(), (tx) =>
    installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now }),
  )
})
after(() => t.end())

let entered = 0
async function enter(orders: FactRow[], open?: (tx: Tx) => Promise<FactSink>): Promise<void> {
  await t.db.transaction(await t.whole(), async (tx) => {
    const incoming = orders.map((values) => ({
      externalId: `R${entered++}`,
      line: null,
      values: { unit_id: t.rootUnitId, ...values },
    }))
    const sink = open ? await open(tx) : null
    const context = { sourceId: await handSource(tx, now), batchId: null, now, demo: false, sink }
    await writeFacts(tx, await openWorkOrders(tx, now), incoming, context)
    await sink?.flush(tx)
  })
}
const check = () => rebuild(t.db, t.organizationId, { check: true, now })
const responded = (day: string) => ({
  received_at: at(`${day}T09:00:00`),
  responded_at: at(`${day}T09:10:00`),
})
/** One application connection's statement, as the product's own role. */
const change = async (text: string, values: unknown[] = []) =>
  t.db.transaction(await t.whole(), (tx) => tx.client.query(text, values))

test('a check finds cells that are wrong, missing or of no facts, and changes nothing; a rebuild mends them', async () => {
  await enter([responded('01-31'), responded('02-01')])
  await drainChanges(t.db, t.organizationId, now)
  const sound = await check()
  assert.deepEqual([sound.differing, sound.facts], [0, 2])
  await change(
    `update measurement.cell set days = days || '\\x00' where slice = 'whole' and month_on = '2024-01-01'`,
  )
  await change(`delete from measurement.cell where slice = 'whole' and month_on = '2024-02-01'`)
  await change(
    `insert into measurement.cell select organization_id, slice, '2020-01-01', member, unit_id, total, days
     from measurement.cell where slice = 'unit' and month_on = '2024-01-01'`,
  )
  const expected = [
    `unit 2020-01-01 ${t.rootUnitId}: has no facts`,
    'whole 2024-01-01 : differs',
    'whole 2024-02-01 : missing',
  ]
  for (let twice = 0; twice < 2; twice++) {
    const found = await check()
    assert.deepEqual([found.differing, found.differences.toSorted()], [3, expected])
  }
  const mended = await rebuild(t.db, t.organizationId, { check: false, now })
  assert.equal(mended.differing, 3)
  assert.deepEqual((await check()).differences, [])
})

test('a change still waiting when the facts are read is no difference', async () => {
  await enter([responded('03-05')])
  const holder = await t.db.pool.connect()
  try {
    // A row that somebody holds is left for later by the drain, as is one written just after it.
    await holder.query(`begin; set local app.org = '${t.organizationId}'`)
    const held = await holder.query('select id from platform.change for update')
    assert.equal(held.rowCount, 1)
    const found = await check()
    assert.deepEqual([found.differing, found.differences, found.facts], [0, [], 3])
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  assert.equal(await drainChanges(t.db, t.organizationId, now), 1)
  assert.equal((await check()).differing, 0)
})

test('the cells stay those of the facts when an import comes between two drains', async () => {
  for (const day of ['04-01', '04-02', '04-03']) {
    await enter([responded(day)])
    await drainChanges(t.db, t.organizationId, now)
    // Writes the very cells the last drain remembers; only the version tells.
    await enter([responded(day)], (tx) => openSink(tx, now))
    await enter([responded(day)])
    await drainChanges(t.db, t.organizationId, now)
    assert.deepEqual((await check()).differences, [], day)
  }
})

test('pages of records hold each record once, in order, with the same total', async () => {
  const question = {
    fromDay: dateToDay('2024-05-01'),
    toDay: dateToDay('2024-06-01'),
    grain: 'whole' as const,
    where: {},
  }
  // Many at one instant: the id alone tells them apart.
  await enter(Array.from({ length: 40 }, (_, i) => responded(`05-${String(1 + (i % 3)).padStart(2, '0')}`)))
  await drainChanges(t.db, t.organizationId, now)
  await t.db.transaction(await t.whole(), async (tx) => {
    const code = 'first_response_minutes'
    const all = await records(tx, code, question, { limit: Number.MAX_SAFE_INTEGER })
    const paged: string[] = []
    for (let after: { at: number; id: string } | undefined; ; ) {
      const page = await records(tx, code, question, { ...(after && { after }), limit: 7 })
      assert.equal(page.total, 40)
      paged.push(...page.items.map((one) => one.id))
      after = page.items.at(-1)
      if (!after) break
    }
    assert.deepEqual(
      paged,
      all.items.map((one) => one.id),
    )
    assert.equal(new Set(paged).size, 40)
    assert.equal((await figures(tx, code, question, { now }))[0]?.n, 40)
  })
})

test('an organization that cannot be measured does not keep another waiting', async () => {
  // Change rows whose organization is not there fail each round; of nine, the sound one is hardly the first.
  const others = Array.from({ length: 8 }, (_, i) =>
    `${i * 2}${i}000000-0000-7000-8000-00000000dead`.slice(-36),
  )
  for (const other of others)
    await t.db.transaction({ organizationId: other, unitIds: [] }, (tx) =>
      tx.client.query(
        `insert into platform.change (organization_id, id, fact_kind, fact_id, at)
         values ($1, gen_random_uuid(), 'work_order', gen_random_uuid(), now())`,
        [other],
      ),
    )
  await enter([responded('06-01')])
  const lines: string[] = []
  const measuring = await startMeasuring(t.db, {
    now: () => now,
    log: (line) => lines.push(line),
    reviews: [],
    sweeps: [],
  })
  try {
    const deadline = Date.now() + 10_000
    const waiting = async () => (await change('select 1 from platform.change')).rowCount
    while ((await waiting()) !== 0 && Date.now() < deadline) await new Promise((go) => setTimeout(go, 50))
    assert.equal(await waiting(), 0)
  } finally {
    await measuring.stop()
  }
  for (const other of others) assert.ok(lines.some((line) => line.startsWith(`measuring ${other}: `)))
})

test('cells that an earlier version laid out otherwise are built anew, waiting changes and all', async () => {
  await enter([responded('03-01')])
  await drainChanges(t.db, t.organizationId, now)
  await change(`update measurement.cell set total = '\\xff', days = '\\xffff'`)
  await change('update measurement.state set cell_format = 1')
  await enter([responded('03-02')])
  assert.equal(await renewCells(t.db, t.organizationId, now), true)
  assert.equal((await check()).differing, 0)
  assert.equal(await renewCells(t.db, t.organizationId, now), false)
  // Disowned and then interrupted: the next opening finds it out.
  await t.db.transaction(await t.whole(), disownCells)
  await change('update measurement.cell set month_on = month_on + 400')
  assert.equal(await renewCells(t.db, t.organizationId, now), true)
  assert.equal((await check()).differing, 0)
})
