import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { categoryAlone } from '../../contract/category-filter.ts'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { openWorkOrders } from '../cases/index.ts'
import { createUnit, handSource } from '../directory/index.ts'
import { type FactRow, writeFacts } from '../platform/fact-table.ts'
import { dateToDay } from '../platform/time.ts'
import { installPack } from '../standards/index.ts'
import { drainChanges } from './drain.ts'
import { figures } from './figures.ts'
import { measures } from './measures.ts'
import type { Question } from './question.ts'
import { records } from './records.ts'

const now = new Date('2024-06-15T04:00:00Z')
const at = (local: string) => Date.parse(`2024-${local}+08:00`)
const units: Record<string, string> = {}

let t: TestDatabase

/** 部门 holds 一组 and 二组; each test asks about a month of its own. */
before(async () => {
  t = await testDatabase()
  await t.db.transaction(await t.whole(), async (tx) => {
    await installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now })
    units.部门 = (await createUnit(tx, { name: '部门', kind: 'department' }, now)).id
  })
  await t.db.transaction(await t.whole(), async (tx) => {
    for (const name of ['一组', '二组'])
      units[name] = (await createUnit(tx, { name, kind: 'team', parentId: units.部门 ?? '' }, now)).id
  })
})
after(() => t.end())

async function enter(...orders: FactRow[]): Promise<void> {
  await t.db.transaction(await t.whole(), async (tx) => {
    const sourceId = await handSource(tx, now)
    const incoming = orders.map((values, i) => ({
      externalId: `${values.received_at}-${i}`,
      line: null,
      values: { unit_id: t.rootUnitId, ...values },
    }))
    const context = { sourceId, batchId: null, now, demo: false, sink: null }
    await writeFacts(tx, await openWorkOrders(tx, now), incoming, context)
  })
  await drainChanges(t.db, t.organizationId, now)
}

const month = (from: string, to: string, more: Partial<Question> = {}): Question => ({
  fromDay: dateToDay(`2024-${from}`),
  toDay: dateToDay(`2024-${to}`),
  grain: 'whole',
  where: {},
  ...more,
})
const ask = async (code: string, question: Question) =>
  t.db.transaction(
    await t.whole(),
    async (tx) => ({
      rows: await figures(tx, code, question, { now }),
      listed: (await records(tx, code, { ...question, by: undefined }, { limit: 100 })).total,
    }),
    { readOnly: true },
  )

test('an order whose given limit lies before its receipt is counted and listed on the day of the limit', async () => {
  await enter({
    received_at: at('02-01T09:00:00'),
    responded_at: at('02-01T09:10:00'),
    response_due_given_at: at('01-31T18:00:00'),
  })
  const january = await ask('response_in_time_rate', month('01-01', '02-01'))
  assert.deepEqual([january.rows[0]?.records, january.rows[0]?.value, january.listed], [1, 0, 1])
  const february = await ask('response_in_time_rate', month('02-01', '03-01'))
  assert.deepEqual([february.rows[0]?.state, february.listed], ['none', 0])
})

test('a split by unit within a unit names that unit and those below it alone', async () => {
  const responded = { received_at: at('03-05T09:00:00'), responded_at: at('03-05T09:10:00') }
  await enter(
    { ...responded, unit_id: units.一组 ?? '' },
    { ...responded, unit_id: units.二组 ?? '' },
    { ...responded, unit_id: units.部门 ?? '' },
  )
  const split = async (unit?: string) => {
    const where = unit ? { unit: units[unit] ?? '' } : {}
    const { rows } = await ask('first_response_minutes', month('03-01', '04-01', { where, by: 'unit' }))
    return Object.fromEntries(rows.map((row) => [row.memberName, row.records]))
  }
  assert.deepEqual(await split('一组'), { 一组: 1 })
  assert.deepEqual(await split('部门'), { 部门: 3, 一组: 1, 二组: 1 })
  assert.deepEqual(await split(), { 测试企业: 3, 部门: 3, 一组: 1, 二组: 1 })
})

test('a category holds all that is written with it and a hyphen, in figures and lists alike', async () => {
  const responded = { received_at: at('04-05T09:00:00'), responded_at: at('04-05T09:10:00') }
  await enter(
    { ...responded, category: 'Wi' },
    { ...responded, category: 'Wi', subcategory: '信号' },
    { ...responded, category: 'Wi-Fi' },
    { ...responded, category: 'Wi-Fi', subcategory: '信号' },
  )
  const counted = async (category: string) => {
    const { rows, listed } = await ask(
      'first_response_minutes',
      month('04-01', '05-01', { where: { category } }),
    )
    assert.equal(rows[0]?.records, listed, category)
    return listed
  }
  assert.equal(await counted('W'), 0)
  assert.equal(await counted('Wi'), 4)
  assert.equal(await counted('Wi-Fi'), 2)
  assert.equal(await counted('Wi-Fi-信号'), 1)
  // A row of the split is the category alone: the rows add up, and each lists what it counts.
  const { rows } = await ask('first_response_minutes', month('04-01', '05-01', { by: 'category' }))
  assert.deepEqual(
    rows.map(({ member, records: of }) => [member, of]),
    ['Wi', 'Wi-Fi', 'Wi-Fi-信号', 'Wi-信号'].map((member) => [member, 1]),
  )
  for (const { member } of rows) assert.equal(await counted(categoryAlone(member ?? '')), 1, member ?? '')
})

test('on every single day each measure lists as many records as it counts, whatever time puts them there', async () => {
  const received_at = at('05-01T09:00:00')
  const on = (date: string) => at(`${date}T12:00:00`)
  await enter(
    { received_at, priority: 'normal', complexity: 'complex' },
    { received_at, priority: 'normal', complexity: 'complex', started_at: on('05-02') },
    { received_at, priority: 'normal', complexity: 'complex', plan_confirmed_at: at('05-02T01:00:00') },
    { received_at, response_due_given_at: on('05-06'), resolution_due_given_at: on('05-07') },
    { received_at, response_due_given_at: on('05-09'), responded_at: on('05-08') },
    { received_at, resolution_due_given_at: on('05-11'), resolved_at: on('05-10'), contact_count: 1 },
  )
  const seen = new Map<string, number>()
  for (const { code, tally, facts } of measures) {
    if (tally === null || !facts.includes('work_order')) continue
    for (let day = 1; day <= 12; day++) {
      const date = (of: number) => `05-${String(of).padStart(2, '0')}`
      const { rows, listed } = await ask(code, month(date(day), date(day + 1)))
      assert.equal(listed, rows[0]?.records, `${code} ${date(day)}`)
      if (listed > 0) seen.set(`${code} ${date(day)}`, listed)
    }
  }
  // 48 h to start for the two of normal priority not started, 24 h to a plan for the three complex ones,
  // and the source's own limits.
  assert.equal(seen.get('start_in_time_rate 05-03'), 2)
  assert.equal(seen.get('plan_in_time_rate 05-02'), 3)
  assert.equal(seen.get('response_in_time_rate 05-06'), 1)
  assert.equal(seen.get('response_in_time_rate 05-08'), 1)
  assert.equal(seen.get('resolution_in_time_rate 05-07'), 1)
  assert.equal(seen.get('resolution_in_time_rate 05-10'), 1)
})
