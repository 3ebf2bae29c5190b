import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { openWorkOrders } from '../cases/index.ts'
import { changeUnit } from '../directory/change-units.ts'
import { createPerson, createProduct, createUnit, handSource, resolvePeople } from '../directory/index.ts'
import type { Scope } from '../platform/database.ts'
import { type FactRow, writeFacts } from '../platform/fact-table.ts'
import { dateToDay } from '../platform/time.ts'
import { distribution } from './distribution.ts'
import { figures } from './figures.ts'
import type { Question } from './question.ts'
import { records } from './records.ts'
import { firstRecordOn } from './units.ts'

const made = new Date('2019-01-05T04:00:00Z')
const now = new Date('2024-12-15T04:00:00Z')
const code = 'experience_points'
const units: Record<string, string> = {}
const people: Record<string, string> = {}
let t: TestDatabase

/** 部门 holds 一组 and 二组; each test has people of its own. */
before(async () => {
  t = await testDatabase()
  await t.db.transaction(await t.whole(), async (tx) => {
    units.部门 = (await createUnit(tx, { name: '部门', kind: 'department' }, made)).id
    units.西部 = (await createUnit(tx, { name: '西部', kind: 'department' }, made)).id
  })
  for (const name of ['一组', '二组', '调动组'])
    await t.db.transaction(await t.whole(), async (tx) => {
      units[name] = (await createUnit(tx, { name, kind: 'team', parentId: units.部门! }, made)).id
    })
})
after(() => t.end())

/** null: an agent out of a file, of whom nobody said since when they are here. */
async function person(name: string, fromOn: string | null, unit = '一组'): Promise<string> {
  const known = new Map<string, string>()
  await t.db.transaction(await t.whole(), async (tx) => {
    const unitId = units[unit]!
    if (fromOn !== null) known.set(name, await createPerson(tx, { name, unitId, fromOn }, made))
    else
      await resolvePeople(tx, known, [name], { unitOf: () => unitId, batchId: null, now: made, demo: false })
  })
  people[name] = known.get(name)!
  return people[name]
}

const instant = (local: string) => Date.parse(`${local.length > 12 ? local : `${local}T12:00:00`}+08:00`)
const resolved = (agent: string | null, local: string, more: FactRow = {}): FactRow => ({
  unit_id: units.一组!,
  agent_id: agent === null ? null : people[agent]!,
  received_at: instant(local) - 600_000,
  resolved_at: instant(local),
  ...more,
})
const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one)

let number = 0
const solve = async (...orders: FactRow[]) =>
  t.db.transaction(await t.whole(), async (tx) => {
    const incoming = orders.map((values) => ({ externalId: `W${number++}`, line: null, values }))
    const context = { sourceId: await handSource(tx, made), batchId: null, now, demo: false, sink: null }
    const done = await writeFacts(tx, await openWorkOrders(tx, now), incoming, context)
    assert.ok(done.every(({ outcome }) => outcome === 'accepted'))
  })

const span = (from: string, to: string, more: Partial<Question> = {}): Question => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'whole',
  where: {},
  ...more,
})
const ask = async (question: Question, scope?: Scope, at = now) =>
  t.db.transaction(
    scope ?? (await t.whole()),
    async (tx) => ({
      rows: await figures(tx, code, question, { now: at }),
      list: await records(tx, code, question, { limit: 200, now: at }),
    }),
    { readOnly: true },
  )
const one = async (question: Question, scope?: Scope, at = now) => {
  const { rows, list } = await ask(question, scope, at)
  assert.equal(rows.length, 1)
  assert.equal(rows[0]!.records, list.total)
  return { ...rows[0]!, list }
}
const brief = async (question: Question, scope?: Scope, at = now) => {
  const { value, n, records: many, state, missing } = await one(question, scope, at)
  return [value, n, many, state, ...missing]
}
/** Values by member, or by period where the question does not split. */
const values = async (question: Question, scope?: Scope, at = now) =>
  Object.fromEntries(
    (await ask(question, scope, at)).rows.map((row) => [row.memberName ?? row.period, row.value]),
  )

test('a point a full month and one a hundred orders, exact; the mean of people, not of their orders', async () => {
  await person('甲', '2020-01-15')
  await person('乙', '2018-04-01')
  await solve(...times(150, resolved('甲', '2020-02-10')), resolved('甲', '2020-04-20'))
  await solve(...times(49, resolved('乙', '2020-04-30T23:59:59.999')))
  const april = await one(span('2020-04-01', '2020-05-01'))
  // 甲: 15 January to 30 April are 3 full months, 151 orders: 4.51. 乙: 25 months to the day, 49 orders: 25.49.
  assert.deepEqual([april.exact, april.value, april.sum], [[3000, 200], 15, 30])
  assert.deepEqual([april.n, april.records, april.state, april.provisional], [2, 50, 'few', false])
  // Half of 25.49 − 4.51, by Student's t with one degree of freedom: 12.7062 × 10.49 = 133.288.
  assert.deepEqual(
    april.interval?.map((end) => Math.round(end * 1000) / 1000),
    [-118.288, 148.288],
  )
  // Each listed order carries the points of who resolved it.
  assert.deepEqual(
    [
      ...new Set(
        april.list.items.map(({ value, measuredIn, inNumerator }) => `${value} ${measuredIn} ${inNumerator}`),
      ),
    ],
    ['4.51 分 null', '25.49 分 null'],
  )
  assert.equal(april.list.items.filter(({ value }) => value === 4.51).length, 1)
  // 乙 resolved nothing in February: 1 month and 150 orders of 甲 alone.
  assert.deepEqual(await brief(span('2020-02-01', '2020-03-01')), [2.5, 1, 150, 'few'])
  const month = await ask(span('2020-01-01', '2020-05-01', { grain: 'month' }))
  assert.deepEqual(
    month.rows.map(({ period, value, n, state }) => [period, value, n, state]),
    [
      ['2020-01', null, 0, 'none'],
      ['2020-02', 2.5, 1, 'few'],
      ['2020-03', null, 0, 'none'],
      ['2020-04', 15, 2, 'few'],
    ],
  )
  const bins = await t.db.transaction(await t.whole(), (tx) =>
    distribution(tx, code, span('2020-04-01', '2020-05-01')),
  )
  assert.deepEqual(bins, { records: 50, bins: [] })
})

test('a month is full with the day before its number comes again, a longer one than the next with its last day', async () => {
  const days = async (name: string, fromOn: string, ...given: string[]) => {
    await person(name, fromOn)
    await solve(...given.map((day) => resolved(name, day)))
    const months = given.map(async (day, i) => {
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
      const { value } = await one(span(day, next, { where: { agent: people[name]! } }))
      // The orders so far, this one among them.
      return Math.round((value! - (i + 1) / 100) * 100) / 100
    })
    return Promise.all(months)
  }
  assert.deepEqual(
    await days(
      '月末',
      '2021-01-31',
      '2021-01-31',
      '2021-02-27',
      '2021-02-28',
      '2021-03-30',
      '2021-04-29',
      '2021-04-30',
    ),
    [0, 0, 1, 2, 2, 3],
  )
  assert.deepEqual(await days('月初', '2021-01-01', '2021-01-30', '2021-01-31', '2021-12-31'), [0, 1, 12])
  assert.deepEqual(await days('月中', '2021-05-15', '2021-06-13', '2021-06-14', '2022-05-14'), [0, 1, 12])
  // Joined on the leap day: the first month is full with 28 March, a year with 28 February.
  assert.deepEqual(
    await days(
      '闰日',
      '2020-02-29',
      '2020-03-27',
      '2020-03-28',
      '2021-02-27',
      '2021-02-28',
      '2024-02-27',
      '2024-02-28',
    ),
    [0, 1, 11, 12, 47, 48],
  )
  assert.deepEqual(await days('一月末', '2024-01-31', '2024-02-28', '2024-02-29'), [0, 1])
})

test('time runs to today while the period does, and joining later makes none, though older orders count', async () => {
  await person('今天', '2024-12-15')
  await person('上月', '2024-11-16')
  await person('后来', '2024-10-01')
  await solve(
    ...['今天', '上月', '后来'].map((name) => resolved(name, '2024-12-10')),
    ...times(3, resolved('后来', '2024-06-10')),
  )
  const december = span('2024-12-01', '2025-01-01', { by: 'agent' })
  // By the end of 15 December: joined today 0, since 16 November 1 month, since 1 October 2 and four orders.
  assert.deepEqual(await values(december), { 今天: 0.01, 上月: 1.01, 后来: 2.04 })
  assert.ok((await ask(december)).rows.every(({ provisional }) => provisional))
  const { list } = await one({ ...december, by: undefined })
  assert.deepEqual(list.items.map(({ value }) => value).sort(), [0.01, 1.01, 2.04])
  // A day on 上月 is still in its second month; the month over, 今天 has 15 December to 14 January before it.
  const later = new Date('2024-12-31T16:00:00Z')
  assert.deepEqual(await values(december, undefined, later), { 今天: 0.01, 上月: 1.01, 后来: 3.04 })
  assert.ok((await ask(december, undefined, later)).rows.every(({ provisional }) => !provisional))
  assert.deepEqual(await values(span('2024-06-01', '2024-07-01', { by: 'agent' })), { 后来: 0.03 })
})

test('an order resolved at midnight of the last day is of the next period, and counts in points from then on', async () => {
  await person('子夜', '2019-01-01')
  await solve(resolved('子夜', '2019-05-31T23:59:59.999'), resolved('子夜', '2019-06-01T00:00:00'))
  assert.deepEqual(await brief(span('2019-05-01', '2019-06-01')), [5.01, 1, 1, 'few'])
  assert.deepEqual(await brief(span('2019-06-01', '2019-07-01')), [6.02, 1, 1, 'few'])
  assert.deepEqual(await brief(span('2019-05-01', '2019-07-01')), [6.02, 1, 2, 'few'])
})

test('who resolves in two teams is one person of the department, with the orders of both', async () => {
  await person('两组', '2019-08-01')
  await person('一组人', '2019-09-01')
  await solve(
    ...times(2, resolved('两组', '2019-08-10')),
    resolved('两组', '2019-09-10'),
    ...times(4, resolved('两组', '2019-09-11', { unit_id: units.二组! })),
    resolved('一组人', '2019-09-12'),
  )
  const september = span('2019-09-01', '2019-10-01')
  // 两组: 2 months; 3 orders in 一组, 4 in 二组, 7 in all. 一组人: 1.01.
  const split = await values({ ...september, by: 'unit' })
  assert.deepEqual([split.一组, split.二组, split.部门], [1.52, 2.04, 1.54])
  assert.deepEqual(await brief(september), [1.54, 2, 6, 'few'])
  assert.deepEqual(await brief({ ...september, where: { unit: units.部门! } }), [1.54, 2, 6, 'few'])
  assert.deepEqual(await brief({ ...september, where: { unit: units.二组! } }), [2.04, 1, 4, 'few'])
  // The lead of a team is given the figure of that team: what its people did elsewhere is not in it.
  const lead = (...names: string[]) => ({
    organizationId: t.organizationId,
    unitIds: names.map((name) => units[name]!),
  })
  assert.deepEqual(await brief(september, lead('一组')), [1.52, 2, 2, 'few'])
  assert.deepEqual(await values({ ...september, by: 'unit' }, lead('一组')), { 一组: 1.52 })
  assert.deepEqual(await brief(september, lead('部门', '一组', '二组', '调动组')), [1.54, 2, 6, 'few'])
  await assert.rejects(brief({ ...september, where: { unit: units.二组! } }, lead('一组')), {
    code: 'not_found',
  })
  // The home of 一组人 is out of sight of the lead of 二组, where they now resolve one: the points are the same.
  await solve(resolved('一组人', '2019-09-13', { unit_id: units.二组! }))
  const second = { ...september, where: { unit: units.二组! } }
  assert.deepEqual(await brief(second, lead('二组')), await brief(second))
  assert.deepEqual(await brief(second), [1.525, 2, 5, 'few'])
})

test('a unit that moved takes its orders along from the day of the move on', async () => {
  await person('调动', '2022-01-01', '调动组')
  const of = { unit_id: units.调动组! }
  await solve(
    ...['2022-02-10', '2022-03-14', '2022-03-15', '2022-03-16', '2022-04-10'].map((day) =>
      resolved('调动', day, of),
    ),
  )
  const mover = { id: null, name: '管理员', now, firstRecordOn }
  await t.db.transaction(await t.whole(), (tx) =>
    changeUnit(tx, units.调动组!, { parentId: units.西部!, fromOn: '2022-03-15' }, mover),
  )
  const march = span('2022-03-01', '2022-04-01')
  // Of four orders two were the first department's and two are the second's.
  const split = await values({ ...march, by: 'unit' })
  assert.deepEqual([split.部门, split.西部, split.调动组], [3.02, 3.02, 3.04])
  for (const [unit, value, listed] of [
    ['部门', 3.02, 1],
    ['西部', 3.02, 2],
    ['调动组', 3.04, 3],
  ] as const)
    assert.deepEqual(await brief({ ...march, where: { unit: units[unit]! } }), [value, 1, listed, 'few'])
  assert.deepEqual(await brief(march), [3.04, 1, 3, 'few'])
  // In April three of the five orders are the second department's; in February it had nothing of them yet.
  const april = span('2022-04-01', '2022-05-01')
  assert.deepEqual(await brief({ ...april, where: { unit: units.西部! } }), [4.03, 1, 1, 'few'])
  assert.deepEqual(await brief({ ...april, where: { unit: units.部门! } }), [null, 0, 0, 'none'])
  const { 西部: west4, 调动组: team4 } = await values({ ...april, by: 'unit' })
  assert.deepEqual([west4, team4], [4.03, 4.05])
  assert.deepEqual(await brief({ ...span('2022-02-01', '2022-03-01'), where: { unit: units.西部! } }), [
    null,
    0,
    0,
    'none',
  ])
  const west = { organizationId: t.organizationId, unitIds: [units.西部!, units.调动组!] }
  assert.deepEqual(await brief(march, west), [3.02, 1, 2, 'few'])
})

test('nobody knows since when somebody is here: they do not count; where that is everybody the field is named', async () => {
  await person('不详', null)
  await person('已知', '2021-07-01')
  const july = span('2021-07-01', '2021-08-01')
  assert.deepEqual(await brief(july), [null, 0, 0, 'none'])
  await solve(resolved(null, '2021-07-01'))
  assert.deepEqual(await brief(july), [null, 0, 0, 'incomputable', 'agent'])
  await solve(...times(2, resolved('不详', '2021-07-02')))
  assert.deepEqual(await brief(july), [null, 0, 0, 'incomputable', 'from'])
  await solve(resolved('已知', '2021-07-03'))
  assert.deepEqual(await brief(july), [1.01, 1, 1, 'few'])
  assert.deepEqual(await values({ ...july, by: 'agent' }), { 不详: null, 已知: 1.01 })
})

test('what is left out counts nowhere, what is open not yet, and opened again an order stays one of who solved it first', async () => {
  await person('重开', '2021-09-01')
  await person('再解决', '2021-09-01')
  await person('响应人', '2021-09-01', '二组')
  const episode = `2021-09-12T04:00:00.000Z/2021-09-13T01:00:00.000Z ${people.再解决}`
  await solve(
    resolved('重开', '2021-09-10', {
      reopen_count: 1,
      reopened_at: instant('2021-09-12'),
      episodes: episode,
    }),
    resolved('重开', '2021-09-11', { excluded_reason: '测试单' }),
    resolved('重开', '2021-08-11', { excluded_reason: '测试单' }),
    resolved('重开', '2021-09-14', { responder_id: people.响应人!, responder_unit_id: units.二组! }),
    { ...resolved('重开', '2021-09-15'), resolved_at: null },
  )
  const september = span('2021-09-01', '2021-10-01')
  const found = await one(september)
  assert.deepEqual([found.value, found.n, found.records], [1.02, 1, 2])
  assert.deepEqual(found.list.excluded, [{ reason: '测试单', n: 1 }])
  // As in orders resolved by each person and day: the response alone is no order of 二组.
  assert.deepEqual(await brief({ ...september, where: { unit: units.二组! } }), [null, 0, 0, 'none'])
  assert.deepEqual(await brief({ ...september, where: { agent: people.响应人! } }), [null, 0, 0, 'none'])
})

test('a filter narrows the orders of all years, and every split has what its filter gives', async () => {
  const stages = { launchOn: '2023-01-01', growthOn: '2023-03-01' }
  const [x, y] = await t.db.transaction(await t.whole(), async (tx) => [
    (await createProduct(tx, { code: 'X', name: '甲型', ...stages }, made)).id,
    (await createProduct(tx, { code: 'Y', name: '乙型' }, made)).id,
  ])
  await person('筛选', '2023-01-01')
  const phone = {
    channel: 'phone',
    category: 'repair',
    subcategory: '电源',
    product_id: x!,
    priority: 'urgent',
  }
  await solve(
    ...times(2, resolved('筛选', '2023-02-10', phone)),
    resolved('筛选', '2023-03-10', { ...phone, subcategory: '屏幕' }),
    resolved('筛选', '2023-03-11', { channel: 'chat', category: 'consult', product_id: y! }),
  )
  const march = span('2023-03-01', '2023-04-01')
  assert.deepEqual(await brief(march), [3.04, 1, 2, 'few'])
  // Two of February and one of March by phone; of 屏幕 and of the stage of growth the last alone.
  for (const [where, value] of [
    [{ channel: 'phone' }, 3.03],
    [{ product: x! }, 3.03],
    [{ category: 'repair' }, 3.03],
    [{ category: 'repair-屏幕' }, 3.01],
    [{ priority: 'urgent', channel: 'phone' }, 3.03],
    [{ lifeStage: 'growth' }, 3.01],
    [{ agent: people.筛选! }, 3.04],
  ] as const)
    assert.deepEqual(await brief({ ...march, where }), [value, 1, 1 + (value === 3.04 ? 1 : 0), 'few'])
  assert.deepEqual(await values({ ...march, by: 'channel' }), { chat: 3.01, phone: 3.03 })
  assert.deepEqual(await values({ ...march, by: 'product' }), { 甲型: 3.03, 乙型: 3.01 })
  assert.deepEqual(await values({ ...march, by: 'category' }), { consult: 3.01, 'repair-屏幕': 3.01 })
  assert.deepEqual(await values({ ...march, by: 'priority' }), { urgent: 3.03 })
  assert.deepEqual(await values({ ...march, by: 'lifeStage' }), { growth: 3.01 })
  assert.deepEqual(await values({ ...march, by: 'supplier' }), {})
  await assert.rejects(values({ ...march, by: 'product', across: 'category' }), { code: 'people_split_once' })
})

test('ten people are enough, and the list is read on by its cursor and meets each order once', async () => {
  const names = Array.from({ length: 10 }, (_, i) => `十人${i}`)
  for (const name of names) await person(name, '2023-06-01')
  await solve(...names.flatMap((name) => times(2, resolved(name, '2023-06-05'))))
  const june = span('2023-06-01', '2023-07-01')
  assert.deepEqual(await brief(june), [1.02, 10, 20, 'ok'])
  assert.deepEqual((await one(june)).interval, [1.02, 1.02])
  await t.db.transaction(await t.whole(), async (tx) => {
    const seen = new Set<string>()
    let pages = 0
    for (let after: { at: number; id: string } | undefined; ; pages++) {
      const { items } = await records(tx, code, june, { limit: 7, now, ...(after && { after }) })
      for (const { id } of items) seen.add(id)
      after = items.at(-1)
      if (items.length < 7) break
    }
    assert.deepEqual([seen.size, pages], [20, 2])
  })
})
