import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { OwnDefinition } from '../../../contract/measurement-own.ts'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { openWorkOrders } from '../../cases/index.ts'
import { handSource } from '../../directory/index.ts'
import type { FactSink } from '../../platform/change.ts'
import type { Tx } from '../../platform/database.ts'
import { type FactRow, writeFacts } from '../../platform/fact-table.ts'
import { Refusal } from '../../platform/refusal.ts'
import { sql } from '../../platform/sql.ts'
import { dateToDay } from '../../platform/time.ts'
import { installPack, publishStandard, standardOn } from '../../standards/index.ts'
import { drainChanges } from '../drain.ts'
import { measuresKnown } from '../explain-measure.ts'
import { figures } from '../figures.ts'
import { rebuild } from '../rebuild.ts'
import { records } from '../records.ts'
import { renewCells } from '../renew.ts'
import { scorecard } from '../scorecard.ts'
import { openSink } from '../sink.ts'
import { ownTallies } from '../tallies.ts'
import { startMeasuring } from '../worker.ts'
import { previewOwn } from './preview.ts'
import { changeOwn, createOwn, deleteOwn, listOwn } from './store.ts'

const now = new Date('2024-06-15T04:00:00Z')
const by = { userId: null, now }
let t: TestDatabase

before(async () => {
  t = await testDatabase()
  await within((tx) => installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now }))
  await enter([
    { ...received('05-10'), cost: '10.00', channel: 'phone' },
    { ...received('05-11'), cost: '20.50', channel: 'web' },
    { ...received('05-12'), channel: 'phone' },
    { ...received('06-01'), cost: '1.00', channel: 'phone' },
  ])
  await drainChanges(t.db, t.organizationId, now)
})
after(() => t.end())

const within = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => t.db.transaction(await t.whole(), work)
const received = (day: string) => ({ received_at: Date.parse(`2024-${day}T09:00:00+08:00`) })
let entered = 0
async function enter(
  orders: FactRow[],
  open?: (tx: Tx) => Promise<FactSink>,
  meanwhile?: () => Promise<unknown>,
) {
  await within(async (tx) => {
    const incoming = orders.map((values) => ({
      externalId: `R${entered++}`,
      line: null,
      values: { unit_id: t.rootUnitId, ...values },
    }))
    const sink = open ? await open(tx) : null
    const context = { sourceId: await handSource(tx, now), batchId: null, now, demo: false, sink }
    await writeFacts(tx, await openWorkOrders(tx, now), incoming, context)
    await meanwhile?.()
    await sink?.flush(tx)
  })
}

const cost: OwnDefinition = {
  facts: 'work_order',
  where: [{ field: 'channel', comparison: 'is', values: ['phone'] }],
  day: 'receivedAt',
  aggregate: { kind: 'sum', of: { field: 'cost' } },
  timeUnit: 'min',
}
const given = (code: string, definition = cost) => ({
  ...{ code, nameZh: '电话工单费用', nameEn: 'Cost of phone orders', better: 'lower' as const },
  definition,
})
const may = {
  fromDay: dateToDay('2024-05-01'),
  toDay: dateToDay('2024-06-01'),
  grain: 'whole' as const,
  where: {},
}
const inMay = async (code: string) =>
  t.db.transaction(await t.whole(), async (tx) => (await figures(tx, code, may, { now }))[0], {
    readOnly: true,
  })
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const one = (code: string) => within(async (tx) => (await listOwn(tx)).find((own) => own.code === code)!)

test('a measure is composed, read from the records at once, then counted, with the same figure and list', async () => {
  const made = await within((tx) => createOwn(tx, given('phone_cost'), by))
  assert.deepEqual(
    [made.code, made.unit, made.version, made.counted, made.usedIn],
    ['own:phone_cost', 'CNY', 1, false, []],
  )
  const fromFacts = await inMay('own:phone_cost')
  assert.deepEqual([fromFacts?.value, fromFacts?.n, fromFacts?.records], [10, 1, 1])
  assert.equal(await renewCells(t.db, t.organizationId, now), true)
  assert.equal(await renewCells(t.db, t.organizationId, now), false)
  assert.equal((await one('own:phone_cost')).counted, true)
  assert.deepEqual(await inMay('own:phone_cost'), fromFacts)
  const list = await within((tx) => records(tx, 'own:phone_cost', may, { limit: 10 }))
  assert.deepEqual(
    list.items.map(({ externalId, value }) => [externalId, value]),
    [['R0', 10]],
  )
})

test('a live change moves it, and the cells stay those of the facts', async () => {
  await enter([{ ...received('05-20'), cost: '5.25', channel: 'phone' }])
  await drainChanges(t.db, t.organizationId, now)
  assert.equal((await inMay('own:phone_cost'))?.value, 15.25)
  assert.equal((await rebuild(t.db, t.organizationId, { check: true, now })).differing, 0)
})

test('another definition is another version, and holds at once; who opened an older one is refused', async () => {
  const { id, version } = await one('own:phone_cost')
  const { code: _, ...rest } = given('', { ...cost, where: [] })
  const { after: changed } = await within((tx) => changeOwn(tx, id, { ...rest, version }, by))
  assert.equal(changed.version, 2)
  assert.equal((await inMay('own:phone_cost'))?.value, 35.75)
  await assert.rejects(
    within((tx) => changeOwn(tx, id, { ...rest, version }, by)),
    refused('changed_meanwhile'),
  )
  await renewCells(t.db, t.organizationId, now)
  assert.equal((await inMay('own:phone_cost'))?.value, 35.75)
})

test('an import that read by the definition of before leaves no wrong figure behind', async () => {
  const { id, version } = await one('own:phone_cost')
  const { code: _, ...rest } = given('', cost)
  await enter(
    [{ ...received('05-21'), cost: '100.00', channel: 'web' }],
    (tx) => openSink(tx, now),
    async () => {
      await within((tx) => changeOwn(tx, id, { ...rest, version }, by))
      await renewCells(t.db, t.organizationId, now)
    },
  )
  assert.equal((await one('own:phone_cost')).counted, false)
  assert.equal((await inMay('own:phone_cost'))?.value, 15.25)
  const measuring = await startMeasuring(t.db, {
    now: () => now,
    log: assert.fail,
    reviews: [],
    sweeps: [],
  })
  while (!(await one('own:phone_cost')).counted) await wait(50)
  await measuring.stop()
  assert.equal((await inMay('own:phone_cost'))?.value, 15.25)
  assert.equal((await rebuild(t.db, t.organizationId, { check: true, now })).differing, 0)
})

test('a standard scores by it, and then it stays; one that nobody uses goes, and its place is free', async () => {
  await within(async (tx) => {
    const { indicators } = (await standardOn(tx, '2024-05-01'))!
    const own = {
      ...indicators[0]!,
      code: 'phone_cost',
      measure: 'own:phone_cost',
      nameZh: '电话工单费用',
      target: { operator: '<=' as const, value: '20' },
      weight: '100',
      scope: {},
    }
    const { codes: knownMeasures } = await measuresKnown(tx)
    const draft = { effectiveOn: '2024-05-01', reason: '自定', indicators: [own] }
    await publishStandard(tx, draft, { authorId: null, now, knownMeasures })
  })
  const card = await t.db.transaction(
    await t.whole(),
    (tx) => scorecard(tx, { period: '2024-05' }, { now }),
    {
      readOnly: true,
    },
  )
  assert.deepEqual(
    card.indicators.map(({ value, unit, status, score }) => [value, unit, status, score]),
    [[15.25, 'CNY', 'met', 10]],
  )
  const { id, usedIn } = await one('own:phone_cost')
  assert.deepEqual(usedIn, [2])
  await assert.rejects(
    within((tx) => deleteOwn(tx, id)),
    refused('measure_in_use'),
  )
  const all = ownTallies(false)
  for (let i = 1; i < all.length; i++) await within((tx) => createOwn(tx, given(`more_${i}`), by))
  await assert.rejects(
    within((tx) => createOwn(tx, given('too_many'), by)),
    refused('too_many_measures'),
  )
  await assert.rejects(
    within((tx) => createOwn(tx, given('more_1'), by)),
    refused('code_taken'),
  )
  const spare = await one('own:more_1')
  await within((tx) => deleteOwn(tx, spare.id))
  await within((tx) => createOwn(tx, given('in_its_place', { ...cost, aggregate: { kind: 'count' } }), by))
  await assert.rejects(inMay('own:more_1'), refused('unknown_measure'))
  assert.equal((await inMay('own:in_its_place'))?.value, 3)
  await renewCells(t.db, t.organizationId, now)
  assert.equal((await inMay('own:in_its_place'))?.value, 3)
})

test('a trial says what a definition reads, gives, counts and lacks', async () => {
  const body = { definition: cost, from: '2024-05-01', to: '2024-05-31' }
  const tried = await within((tx) => previewOwn(tx, body))
  assert.deepEqual([tried.value, tried.n, tried.missing, tried.measuredIn], [15.25, 2, 1, 'CNY'])
  assert.deepEqual(
    tried.records.map(({ externalId, value }) => [externalId, value]),
    [
      ['R0', 10],
      ['R4', 5.25],
    ],
  )
  const counted = await within((tx) =>
    previewOwn(tx, { ...body, definition: { ...cost, aggregate: { kind: 'count' } } }),
  )
  assert.deepEqual([counted.value, counted.n], [3, 3])
  await assert.rejects(
    within((tx) => previewOwn(tx, { ...body, from: '2023-05-01' })),
    refused('span_too_long'),
  )
})

test('another organization sees none of it', async () => {
  const other = await testDatabase()
  try {
    const tx = { organizationId: other.organizationId, unitIds: [other.rootUnitId] }
    assert.deepEqual(await other.db.transaction(tx, listOwn), [])
    const stranger = { organizationId: t.organizationId, unitIds: [] }
    await t.db.transaction(stranger, async (reading) => {
      const rows = await reading.rows(sql`select 1 from measurement.own_measure
        where organization_id <> ${t.organizationId}`)
      assert.equal(rows.length, 0)
    })
  } finally {
    await other.end()
  }
})
