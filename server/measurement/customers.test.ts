import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { createUnit, handSource } from '../directory/index.ts'
import type { Scope } from '../platform/database.ts'
import { type FactRow, writeFacts } from '../platform/fact-table.ts'
import { newId } from '../platform/ids.ts'
import { dateToDay } from '../platform/time.ts'
import { purchaseTable } from '../purchases/index.ts'
import { cellState } from './cells.ts'
import { distribution } from './distribution.ts'
import { drainChanges } from './drain.ts'
import { figures } from './figures.ts'
import type { Question } from './question.ts'
import { records } from './records.ts'

const now = new Date('2024-12-15T04:00:00Z')
const units: Record<string, string> = {}
const [a, b, c, d] = [newId(), newId(), newId(), newId()] as const

let t: TestDatabase

/** 部门 holds 一组 and 二组; each test asks about months of its own, with empty ones between. */
before(async () => {
  t = await testDatabase()
  await t.db.transaction(await t.whole(), async (tx) => {
    units.部门 = (await createUnit(tx, { name: '部门', kind: 'department' }, now)).id
  })
  await t.db.transaction(await t.whole(), async (tx) => {
    for (const name of ['一组', '二组'])
      units[name] = (await createUnit(tx, { name, kind: 'team', parentId: units.部门 ?? '' }, now)).id
  })
})
after(() => t.end())

let number = 0
const bought = (customer: string | null, local: string, amount: string | null = '1', more: FactRow = {}) => ({
  customer_id: customer,
  ordered_at: Date.parse(`${local.length > 12 ? local : `${local}T12:00:00`}+08:00`),
  amount,
  ...more,
})

async function enter(...purchases: FactRow[]): Promise<void> {
  await t.db.transaction(await t.whole(), async (tx) => {
    const sourceId = await handSource(tx, now)
    const incoming = purchases.map((values) => ({
      externalId: `G${number++}`,
      line: null,
      values: { unit_id: t.rootUnitId, ...values },
    }))
    const done = await writeFacts(tx, purchaseTable, incoming, {
      sourceId,
      batchId: null,
      now,
      demo: false,
      sink: null,
    })
    assert.ok(done.every(({ outcome }) => outcome === 'accepted'))
  })
  await drainChanges(t.db, t.organizationId, now)
}

const span = (from: string, to: string, more: Partial<Question> = {}): Question => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'whole',
  where: {},
  ...more,
})
const ask = async (code: string, question: Question, scope?: Scope) =>
  t.db.transaction(
    scope ?? (await t.whole()),
    async (tx) => ({
      rows: await figures(tx, code, question, { now }),
      list: await records(tx, code, question, { limit: 100 }),
    }),
    { readOnly: true },
  )
const one = async (code: string, question: Question, scope?: Scope) => {
  const { rows, list } = await ask(code, question, scope)
  assert.equal(rows.length, 1)
  assert.equal(rows[0]!.records, list.total)
  return { ...rows[0]!, list }
}
const brief = async (code: string, question: Question, scope?: Scope) => {
  const { value, n, records: many, state, missing } = await one(code, question, scope)
  return [value, n, many, state, ...missing]
}

test('one purchase is no repeat, two on one day are one; with no purchase there is nothing to say', async () => {
  await enter(bought(a, '2020-01-05'))
  const january = span('2020-01-01', '2020-02-01')
  assert.deepEqual(await brief('repeat_purchases', january), [0, 1, 0, 'ok'])
  assert.deepEqual(await brief('repeat_purchase_rate', january), [0, 1, 1, 'few'])
  assert.deepEqual(await brief('repeat_purchase_share', january), [0, 1, 1, 'few'])
  // Nobody bought in December: who stayed cannot be said, neither 0 nor 100 %.
  assert.deepEqual(await brief('retention_rate', january), [null, 0, 0, 'none'])
  assert.deepEqual(await brief('churn_rate', january), [null, 0, 0, 'none'])

  await enter(bought(a, '2020-02-05T09:00:00'), bought(a, '2020-02-05T09:00:00'))
  const february = span('2020-02-01', '2020-03-01')
  assert.deepEqual(await brief('repeat_purchases', february), [1, 2, 1, 'ok'])
  assert.deepEqual(await brief('repeat_purchase_rate', february), [100, 1, 2, 'few'])
  // 1 + 2: the purchase of January and both of February.
  assert.deepEqual(await brief('retention_rate', february), [100, 1, 3, 'few'])
  assert.deepEqual(await brief('repeat_purchases', span('2020-03-01', '2020-04-01')), [null, 0, 0, 'none'])
})

test('the share of money is exact; a purchase without an amount adds none, and makes its customer return all the same', async () => {
  // A 10.10 + 20.20, B 69.70 and C 0.07 + one without: (30.30 + 0.07) / 100.07.
  await enter(
    bought(a, '2020-05-01', '10.10'),
    bought(a, '2020-05-02', '20.20'),
    bought(b, '2020-05-03', '69.70'),
    bought(c, '2020-05-04', '0.07'),
    bought(c, '2020-05-05', null),
  )
  const found = await one('repeat_purchase_share', span('2020-05-01', '2020-06-01'))
  assert.deepEqual([found.numerator, found.denominator], [30.37, 100.07])
  assert.deepEqual([found.exact, found.value], [[303_700, 10_007], 30.348756])
  assert.deepEqual([found.n, found.records, found.interval], [3, 4, null])
  assert.deepEqual(
    found.list.items.map(({ value, inNumerator }) => [value, inNumerator]),
    [
      [10.1, true],
      [20.2, true],
      [69.7, false],
      [0.07, true],
    ],
  )
  const given = await enter(bought(a, '2020-07-01', '0'), bought(a, '2020-07-02', '0')).then(() =>
    brief('repeat_purchase_share', span('2020-07-01', '2020-08-01')),
  )
  assert.deepEqual(given, [null, 0, 2, 'none'])
})

test('who buys in two teams is one customer of the department above them', async () => {
  const [first, second] = [{ unit_id: units.一组! }, { unit_id: units.二组! }]
  await enter(
    bought(a, '2021-01-05', '1', first),
    bought(a, '2021-01-06', '1', second),
    bought(b, '2021-01-07', '1', first),
  )
  const question = span('2021-01-01', '2021-02-01', { by: 'unit' })
  const { rows } = await ask('repeat_purchase_rate', question)
  const by = Object.fromEntries(rows.map((row) => [row.memberName, [row.numerator, row.denominator]]))
  const root = rows.find(({ member }) => member === t.rootUnitId)!
  assert.deepEqual(
    [by.一组, by.二组, by.部门, [root.numerator, root.denominator]],
    [
      [0, 2],
      [0, 1],
      [1, 2],
      [1, 2],
    ],
  )
  // The same asked for alone, and by who may see one team only.
  const where = { unit: units.部门! }
  assert.deepEqual(await brief('repeat_purchase_rate', { ...question, by: undefined, where }), [
    50,
    2,
    3,
    'few',
  ])
  const team = { organizationId: t.organizationId, unitIds: [units.一组!] }
  assert.deepEqual(await brief('repeat_purchase_rate', span('2021-01-01', '2021-02-01'), team), [
    0,
    2,
    2,
    'few',
  ])
  assert.deepEqual(
    (await ask('repeat_purchase_rate', question, team)).rows.map(({ memberName }) => memberName),
    ['一组'],
  )
})

test('a purchase left out counts nowhere, and is told beside the list', async () => {
  await enter(
    bought(a, '2021-03-01'),
    bought(a, '2021-03-02', '1', { excluded_reason: '退货' }),
    bought(b, '2021-03-03'),
  )
  const march = span('2021-03-01', '2021-04-01')
  assert.deepEqual(await brief('repeat_purchases', march), [0, 2, 0, 'ok'])
  assert.deepEqual(await brief('repeat_purchase_rate', march), [0, 2, 2, 'few'])
  assert.deepEqual((await one('repeat_purchase_rate', march)).list.excluded, [{ reason: '退货', n: 1 }])
})

test('a day ends at midnight in the zone of the organization', async () => {
  await enter(
    bought(a, '2021-05-31T23:59:59.999'),
    bought(a, '2021-06-01T00:00:00'),
    bought(b, '2021-06-30T23:59:59.999'),
  )
  assert.deepEqual(await brief('repeat_purchases', span('2021-05-01', '2021-06-01')), [0, 1, 0, 'ok'])
  assert.deepEqual(await brief('repeat_purchases', span('2021-06-01', '2021-07-01')), [0, 2, 0, 'ok'])
  assert.deepEqual(await brief('repeat_purchases', span('2021-05-01', '2021-07-01')), [1, 3, 1, 'ok'])
  assert.deepEqual(await brief('repeat_purchases', span('2021-05-31', '2021-06-02')), [1, 2, 1, 'ok'])
})

test('of the customers of the month before, who came back is kept and the others are lost', async () => {
  await enter(
    bought(a, '2022-08-01'),
    bought(b, '2022-08-31T23:59:59.999'),
    bought(b, '2022-08-02'),
    bought(c, '2022-08-15', '1', { channel: 'store' }),
    bought(a, '2022-09-01T00:00:00'),
    bought(a, '2022-09-30', '1', { channel: 'store' }),
    bought(d, '2022-09-02'),
  )
  const september = span('2022-09-01', '2022-10-01')
  // A of A, B, C: a third. Behind it the four purchases of August and the two of A in September.
  const kept = await one('retention_rate', september)
  assert.deepEqual([kept.numerator, kept.denominator, kept.value, kept.records], [1, 3, 33.333333, 6])
  assert.deepEqual(
    kept.list.items.map(({ inNumerator }) => inNumerator),
    [true, false, false, false, true, true],
  )
  // Wilson of 1 in 3: 6.149 to 79.234.
  assert.deepEqual(kept.interval?.map(Math.round), [6, 79])
  const lost = await one('churn_rate', september)
  assert.deepEqual([lost.numerator, lost.denominator, lost.value, lost.records], [2, 3, 66.666667, 6])
  // By channel: in the store C bought before and A now.
  assert.deepEqual(await brief('retention_rate', { ...september, where: { channel: 'store' } }), [
    0,
    1,
    1,
    'few',
  ])
  const months = await ask('retention_rate', span('2022-07-01', '2022-12-01', { grain: 'month' }))
  assert.deepEqual(
    months.rows.map(({ period, value, state }) => [period, value, state]),
    [
      ['2022-07', null, 'none'],
      ['2022-08', null, 'none'],
      ['2022-09', 33.333333, 'few'],
      // Nobody bought in October: a file that is still to come does not make all customers leave.
      ['2022-10', null, 'none'],
      ['2022-11', null, 'none'],
    ],
  )
  // The third quarter has none before it; September with its neighbour days is held against 32 days.
  assert.deepEqual(await brief('retention_rate', span('2022-07-01', '2022-10-01')), [null, 0, 0, 'none'])
  // Of 31 August to 1 October, 32 days: before them from 30 July on A, B and C.
  assert.deepEqual(await brief('retention_rate', span('2022-08-31', '2022-10-02')), [66.666667, 3, 6, 'few'])
})

test('a month is held against the month before, whatever their lengths; a free range against as many days', async () => {
  await enter(
    bought(a, '2023-01-31'),
    bought(b, '2023-01-01'),
    bought(b, '2023-02-01'),
    bought(a, '2023-02-28'),
  )
  // February against all of January, not its last 28 days.
  assert.deepEqual(await brief('retention_rate', span('2023-02-01', '2023-03-01')), [100, 2, 4, 'few'])
  // 27 days: from the fifth of January on only A bought, and came on the 28th, which is not among them.
  assert.deepEqual(await brief('retention_rate', span('2023-02-01', '2023-02-28')), [0, 1, 1, 'few'])
})

test('purchases that name nobody make no customers: the field is what is missing', async () => {
  await enter(bought(null, '2023-05-01'), bought(null, '2023-05-02'))
  const may = span('2023-05-01', '2023-06-01')
  for (const code of ['repeat_purchases', 'repeat_purchase_rate', 'repeat_purchase_share'])
    assert.deepEqual(await brief(code, may), [null, 0, 0, 'incomputable', 'customer'])
  await enter(bought(a, '2023-06-01', null), bought(null, '2023-06-02'))
  const june = span('2023-06-01', '2023-07-01')
  assert.deepEqual(await brief('retention_rate', june), [null, 0, 0, 'incomputable', 'customer'])
  assert.deepEqual(await brief('repeat_purchase_rate', june), [0, 1, 1, 'few'])
  assert.deepEqual(await brief('repeat_purchase_share', june), [null, 0, 0, 'incomputable', 'amount'])
})

test('purchases have no category: a split by it has no rows, a filter by it or by priority finds nothing', async () => {
  const may = span('2020-05-01', '2020-06-01')
  assert.deepEqual((await ask('repeat_purchases', { ...may, by: 'category' })).rows, [])
  assert.deepEqual(await brief('repeat_purchases', { ...may, where: { priority: 'urgent' } }), [
    null,
    0,
    0,
    'none',
  ])
})

test('ten customers are enough; the running month may still move, and one that is to come says nothing', async () => {
  const ten = Array.from({ length: 10 }, newId)
  await enter(...ten.map((customer) => bought(customer, '2024-11-10')), bought(ten[0]!, '2024-12-01'))
  const rate = await one('repeat_purchase_rate', span('2024-11-01', '2025-01-01'))
  // Wilson of 1 in 10: 1.788 to 40.415.
  assert.deepEqual([rate.value, rate.state], [10, 'ok'])
  assert.deepEqual(
    rate.interval?.map((end) => Math.round(end * 1000) / 1000),
    [1.788, 40.415],
  )
  const churn = await ask('churn_rate', span('2024-11-01', '2025-02-01', { grain: 'month' }))
  assert.deepEqual(
    churn.rows.map(({ value, state, provisional }) => [value, state, provisional]),
    [
      [null, 'none', false],
      [90, 'ok', true],
      [null, 'none', true],
    ],
  )
  const halves = await t.db.transaction(await t.whole(), (tx) =>
    distribution(tx, 'repeat_purchase_rate', span('2024-11-01', '2025-01-01')),
  )
  assert.deepEqual([halves.records, halves.bins.map(({ n }) => n)], [11, [2, 9]])
})

test('a new purchase raises the version of the cells, which tells open pages, though it changes no cell', async () => {
  const version = async () => t.db.transaction(await t.whole(), async (tx) => (await cellState(tx)).version)
  const before = await version()
  await enter(bought(a, '2024-02-01'))
  assert.equal(await version(), before + 1)
})

test('the list is read on by its cursor and meets each purchase once', async () => {
  const question = span('2022-09-01', '2022-10-01')
  await t.db.transaction(await t.whole(), async (tx) => {
    const seen: string[] = []
    for (let after: { at: number; id: string } | undefined; ; ) {
      const { items } = await records(tx, 'churn_rate', question, { limit: 2, ...(after && { after }) })
      seen.push(...items.map(({ id }) => id))
      after = items.at(-1)
      if (items.length < 2) break
    }
    const whole = await records(tx, 'churn_rate', question, { limit: Number.MAX_SAFE_INTEGER })
    assert.deepEqual(
      seen,
      whole.items.map(({ id }) => id),
    )
    assert.equal(seen.length, 6)
  })
})
