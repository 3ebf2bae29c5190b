import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { openWorkOrders } from '../cases/index.ts'
import { changeUnit } from '../directory/change-units.ts'
import { createUnit, handSource, organizationOf } from '../directory/index.ts'
import type { Scope } from '../platform/database.ts'
import { type FactRow, writeFacts } from '../platform/fact-table.ts'
import { newId } from '../platform/ids.ts'
import { dateToDay, zone } from '../platform/time.ts'
import { purchaseTable } from '../purchases/index.ts'
import { installPack } from '../standards/index.ts'
import { catalogueFor } from './catalogue.ts'
import { comparison } from './comparison.ts'
import { distribution } from './distribution.ts'
import { drainChanges } from './drain.ts'
import { figures } from './figures.ts'
import { fromFacts } from './gather.ts'
import { liveCards } from './live-cards.ts'
import { type Question, spansOf } from './question.ts'
import { rebuild } from './rebuild.ts'
import { records } from './records.ts'
import { periodOf, scorecard } from './scorecard.ts'
import { firstRecordOn } from './units.ts'
import { measuredValue } from './value.ts'

const made = new Date('2023-12-01T04:00:00Z')
const code = 'first_response_minutes'

/** An organization of 东部 and 西部; each test makes teams of its own and looks at a year of its own. */
interface Place {
  t: TestDatabase
  zoneName: string
  units: Record<string, string>
}

async function open(zoneName: string): Promise<Place> {
  const t = await testDatabase({ zone: zoneName })
  const place: Place = { t, zoneName, units: {} }
  await t.db.transaction(await t.whole(), (tx) =>
    installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now: made }),
  )
  for (const name of ['东部', '西部']) await team(place, name)
  return place
}

let p: Place
let york: Place
before(async () => {
  p = await open('Asia/Shanghai')
  york = await open('America/New_York')
})
after(async () => {
  await p?.t.end()
  await york?.t.end()
})

async function team({ t, units }: Place, name: string, parent?: string, at = made): Promise<string> {
  const parentId = parent === undefined ? t.rootUnitId : units[parent]!
  const unit = await t.db.transaction(await t.whole(), (tx) =>
    createUnit(tx, { name, kind: 'team', parentId }, at),
  )
  units[name] = unit.id
  return unit.id
}

/** Answers with the day the move holds from. */
async function move({ t, units, zoneName }: Place, name: string, to: string, on?: string, fromOn?: string) {
  const now = on === undefined ? made : new Date(zone(zoneName).toInstantMs(Date.parse(`${on}T12:00:00Z`)))
  const mover = { id: null, name: '管理员', now, firstRecordOn }
  const changed = { parentId: to === '企业' ? t.rootUnitId : units[to]!, fromOn }
  return t.db.transaction(await t.whole(), async (tx) => {
    return (await changeUnit(tx, units[name]!, changed, mover)).movedFrom
  })
}

let number = 0
/** Orders by their local time of receipt, each responded to ten minutes later. */
async function receive({ t, units, zoneName }: Place, name: string, ...locals: string[]): Promise<void> {
  const now = new Date('2030-01-01T00:00:00Z')
  await t.db.transaction(await t.whole(), async (tx) => {
    const sourceId = await handSource(tx, now)
    const incoming = locals.map((local): { externalId: string; line: null; values: FactRow } => {
      const received = zone(zoneName).toInstantMs(Date.parse(`${local}Z`))
      const times = { received_at: received, responded_at: received + 600_000 }
      return {
        externalId: `W${number++}`,
        line: null,
        values: { unit_id: units[name] ?? t.rootUnitId, ...times },
      }
    })
    const context = { sourceId, batchId: null, now, demo: false, sink: null }
    await writeFacts(tx, await openWorkOrders(tx, now), incoming, context)
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

const later = new Date('2030-01-02T00:00:00Z')

/** How many records count, span by span and member by member; cells, facts and lists must agree. */
async function counted({ t }: Place, question: Question, scope?: Scope): Promise<Record<string, number>> {
  return t.db.transaction(
    scope ?? (await t.whole()),
    async (tx) => {
      const rows = await figures(tx, code, question, { now: later })
      const { of, own } = await catalogueFor(tx, [code])
      const spans = spansOf(question)
      const facts = await fromFacts(tx, question, spans, await organizationOf(tx), {
        kinds: of(code).facts,
        own,
      })
      for (const row of rows) {
        const amounts =
          facts[spans.findIndex(({ label }) => label === row.period)]?.get(row.member ?? '')?.get('') ?? []
        assert.equal(
          measuredValue(of(code), amounts, 10).n,
          row.n,
          `facts of ${row.period} ${row.memberName}`,
        )
      }
      if (question.by === undefined) {
        const all = rows.reduce((sum, row) => sum + row.records, 0)
        const list = await records(tx, code, question, { limit: 1000 })
        assert.deepEqual([list.total, list.items.length], [all, all])
        assert.equal((await distribution(tx, code, question)).records, all)
      }
      const named = rows.map((row) => [question.by ? (row.memberName ?? '') : row.period, row.n] as const)
      return Object.fromEntries(named.filter(([, n]) => n > 0))
    },
    { readOnly: true },
  )
}

const below = (place: Place, name: string) => ({ unit: place.units[name] ?? place.t.rootUnitId })

test('a team moved in mid month counts for each parent on the days it stood there, by month, by day and in a split', async () => {
  await team(p, '中旬组', '东部')
  await receive(
    p,
    '中旬组',
    '2024-05-10T09:00:00',
    '2024-05-14T23:59:59',
    '2024-05-15T00:00:00',
    '2024-05-20T09:00:00',
  )
  await receive(p, '西部', '2024-05-01T09:00:00')
  assert.equal(await move(p, '中旬组', '西部', '2024-05-20', '2024-05-15'), '2024-05-15')
  const may = (more: Partial<Question> = {}) => span('2024-05-01', '2024-06-01', more)
  assert.deepEqual(await counted(p, may({ where: below(p, '东部') })), { whole: 2 })
  assert.deepEqual(await counted(p, may({ where: below(p, '西部') })), { whole: 3 })
  assert.deepEqual(await counted(p, may({ where: below(p, '中旬组') })), { whole: 4 })
  assert.deepEqual(await counted(p, may()), { whole: 5 })
  assert.deepEqual(await counted(p, may({ by: 'unit' })), { 测试企业: 5, 东部: 2, 西部: 3, 中旬组: 4 })
  // Below a parent, the team has the days it stood there: the rows add up to the parent's own.
  assert.deepEqual(await counted(p, may({ by: 'unit', where: below(p, '东部') })), { 东部: 2, 中旬组: 2 })
  assert.deepEqual(await counted(p, may({ by: 'unit', where: below(p, '西部') })), { 西部: 3, 中旬组: 2 })
  // And a row opens its own records: those of the days below the parent.
  const { unit: west } = below(p, '西部')
  assert.deepEqual(await counted(p, may({ where: { ...below(p, '中旬组'), within: west } })), { whole: 2 })
  assert.deepEqual(await counted(p, may({ where: { unit: west, within: p.units.中旬组! } })), {})
  assert.deepEqual(await counted(p, may({ grain: 'day', where: below(p, '东部') })), {
    '2024-05-10': 1,
    '2024-05-14': 1,
  })
  assert.deepEqual(await counted(p, may({ grain: 'week', where: below(p, '西部') })), {
    '2024-W18': 1,
    '2024-W20': 1,
    '2024-W21': 1,
  })
  const year = span('2024-01-01', '2025-01-01', { grain: 'month', where: below(p, '西部') })
  assert.deepEqual(await counted(p, year), { '2024-05': 3 })
})

test('a figure of a parent opens exactly the records of its days', async () => {
  const opened = async (name: string) =>
    p.t.db.transaction(
      await p.t.whole(),
      async (tx) => {
        const question = span('2024-05-01', '2024-06-01', { where: below(p, name) })
        const { items } = await records(tx, code, question, { limit: 100 })
        return items.map(({ at }) => new Date(at + 8 * 3_600_000).toISOString().slice(5, 16))
      },
      { readOnly: true },
    )
  assert.deepEqual(await opened('东部'), ['05-10T09:00', '05-14T23:59'])
  assert.deepEqual(await opened('西部'), ['05-01T09:00', '05-15T00:00', '05-20T09:00'])
})

test('a move on the first of a month leaves whole months whole', async () => {
  await team(p, '月初组', '东部')
  await receive(p, '月初组', '2025-02-28T23:59:59', '2025-03-01T00:00:00', '2025-03-31T12:00:00')
  await move(p, '月初组', '西部', '2025-03-01')
  const spring = { grain: 'month' as const }
  const east = span('2025-01-01', '2025-05-01', { ...spring, where: below(p, '东部') })
  assert.deepEqual(await counted(p, east), { '2025-02': 1 })
  const west = span('2025-01-01', '2025-05-01', { ...spring, where: below(p, '西部') })
  assert.deepEqual(await counted(p, west), { '2025-03': 2 })
})

test('moved twice in a month, and back again: each parent has its days and no others', async () => {
  await team(p, '往返组', '东部')
  const days = ['01', '05', '10', '15', '20', '25']
  await receive(p, '往返组', ...days.map((day) => `2026-04-${day}T10:00:00`))
  await move(p, '往返组', '西部', '2026-04-05')
  await move(p, '往返组', '企业', '2026-04-10')
  await move(p, '往返组', '东部', '2026-04-20')
  const april = (name: string) => counted(p, span('2026-04-01', '2026-05-01', { where: below(p, name) }))
  // 1, 20 and 25 April; 5 April; 10 and 15 April are the organization's alone.
  assert.deepEqual(await april('东部'), { whole: 3 })
  assert.deepEqual(await april('西部'), { whole: 1 })
  assert.deepEqual(await april('企业'), { whole: 6 })
  // Told again it changes nothing.
  assert.equal(await move(p, '往返组', '东部', '2026-04-21', '2026-04-20'), undefined)
  // The last word from 8 April on takes the place of what was recorded for later days.
  assert.equal(await move(p, '往返组', '东部', '2026-04-22', '2026-04-08'), '2026-04-08')
  assert.deepEqual(await april('东部'), { whole: 5 })
  assert.deepEqual(await april('西部'), { whole: 1 })
})

test('a unit takes what stands below it along, from the day on', async () => {
  await team(p, '片区', '东部')
  await team(p, '片区一组', '片区')
  await receive(p, '片区一组', '2027-07-01T10:00:00', '2027-07-20T10:00:00')
  await receive(p, '片区', '2027-07-02T10:00:00', '2027-07-21T10:00:00')
  await move(p, '片区', '西部', '2027-07-10')
  const july = (name: string, more: Partial<Question> = {}) =>
    counted(p, span('2027-07-01', '2027-08-01', { where: below(p, name), ...more }))
  assert.deepEqual(await july('东部'), { whole: 2 })
  assert.deepEqual(await july('西部'), { whole: 2 })
  assert.deepEqual(await july('片区'), { whole: 4 })
  assert.deepEqual(await july('西部', { by: 'unit' }), { 西部: 2, 片区: 2, 片区一组: 1 })
})

test('records that come late for days before the move count for the former parent', async () => {
  await team(p, '迟到组', '东部')
  await move(p, '迟到组', '西部', '2028-03-15')
  await receive(p, '迟到组', '2028-03-14T10:00:00', '2028-03-16T10:00:00')
  const march = (name: string) => counted(p, span('2028-03-01', '2028-04-01', { where: below(p, name) }))
  assert.deepEqual(await march('东部'), { whole: 1 })
  assert.deepEqual(await march('西部'), { whole: 1 })
})

test('the day of a move begins at midnight of the organization, in Shanghai as in New York on the day the clocks change', async () => {
  for (const [place, day] of [
    [p, '2029-06-10'],
    // The clocks go forward at two in the morning of 11 March 2029.
    [york, '2029-03-11'],
  ] as const) {
    await team(place, '零点组', '东部')
    const eve = new Date(Date.parse(`${day}T00:00:00Z`) - 1000).toISOString().slice(0, 19)
    await receive(place, '零点组', eve, `${day}T00:00:00`)
    await move(place, '零点组', '西部', day)
    const [from, to] = [`${day.slice(0, 7)}-01`, `${day.slice(0, 7)}-28`]
    const found = (name: string) =>
      counted(place, span(from, to, { grain: 'day', where: below(place, name) }))
    assert.deepEqual(await found('东部'), { [eve.slice(0, 10)]: 1 })
    assert.deepEqual(await found('西部'), { [day]: 1 })
  }
})

test('without a day a move holds from today, on the day the unit was made from ever; always takes the past along', async () => {
  await team(p, '新组', '东部', new Date('2024-09-10T04:00:00Z'))
  await receive(p, '新组', '2024-08-05T10:00:00')
  const august = (name: string) => counted(p, span('2024-08-01', '2024-09-01', { where: below(p, name) }))
  // Made by a file of older records and put into its place on the same day: it has stood nowhere else.
  assert.equal(await move(p, '新组', '西部', '2024-09-10'), 'always')
  assert.deepEqual([await august('东部'), await august('西部')], [{}, { whole: 1 }])
  assert.equal(await move(p, '新组', '东部', '2024-09-11'), '2024-09-11')
  assert.deepEqual([await august('东部'), await august('西部')], [{}, { whole: 1 }])
  assert.equal(await move(p, '新组', '东部', '2024-09-12', 'always'), 'always')
  assert.deepEqual([await august('东部'), await august('西部')], [{ whole: 1 }, {}])
})

test('a day to come, a day before the unit existed, and a ring on any day are refused and change nothing', async () => {
  await team(p, '甲片', '东部')
  await team(p, '乙片', '甲片')
  await receive(p, '甲片', '2023-10-05T10:00:00')
  await assert.rejects(move(p, '甲片', '西部', '2024-03-10', '2024-03-11'), { code: 'move_in_future' })
  // The first record lies before the day the unit was made; its month is the first day it can be moved.
  await assert.rejects(move(p, '甲片', '西部', '2024-03-10', '2023-09-30'), { code: 'move_before_unit' })
  await assert.rejects(move(p, '甲片', '乙片', '2024-03-10'), { code: 'unit_above_itself' })
  await move(p, '乙片', '西部', '2024-03-10')
  // Today 乙片 stands elsewhere, before 10 March it stood below 甲片.
  await assert.rejects(move(p, '甲片', '乙片', '2024-03-20', '2024-03-01'), { code: 'unit_above_itself' })
  await assert.rejects(move(p, '甲片', '乙片', '2024-03-20', 'always'), { code: 'unit_above_itself' })
  assert.equal(await move(p, '甲片', '乙片', '2024-03-20', '2024-03-10'), '2024-03-10')
  assert.equal(await move(p, '甲片', '东部', '2024-03-21', '2023-10-01'), '2023-10-01')
})

test('customers are counted where they bought: who bought below two parents returned to neither', async () => {
  const { t, units } = p
  await team(p, '门店', '东部')
  const customer = newId()
  await t.db.transaction(await t.whole(), async (tx) => {
    const sourceId = await handSource(tx, made)
    const bought = (local: string) => ({
      externalId: `G${local}`,
      line: null,
      values: {
        unit_id: units.门店!,
        customer_id: customer,
        amount: '1',
        ordered_at: Date.parse(`${local}T12:00:00+08:00`),
      },
    })
    const context = { sourceId, batchId: null, now: made, demo: false, sink: null }
    await writeFacts(tx, purchaseTable, ['2022-01-10', '2022-02-05', '2022-02-25'].map(bought), context)
  })
  await drainChanges(t.db, t.organizationId, made)
  await move(p, '门店', '西部', '2024-02-21', '2022-02-20')
  const ask = async (measure: string, name: string, more: Partial<Question> = {}) =>
    t.db.transaction(
      await t.whole(),
      async (tx) => {
        const question = span('2022-02-01', '2022-03-01', { where: below(p, name), ...more })
        const rows = await figures(tx, measure, question, { now: later })
        if (question.by === undefined)
          assert.equal((await records(tx, measure, question, { limit: 9 })).total, rows[0]!.records)
        return Object.fromEntries(rows.map((row) => [row.memberName ?? '', [row.numerator, row.denominator]]))
      },
      { readOnly: true },
    )
  // Both February purchases make one returning customer of the whole and of the shop; each parent had one purchase.
  assert.deepEqual(await ask('repeat_purchase_rate', '企业'), { '': [1, 1] })
  assert.deepEqual(await ask('repeat_purchase_rate', '东部'), { '': [0, 1] })
  assert.deepEqual(await ask('repeat_purchase_rate', '西部'), { '': [0, 1] })
  assert.deepEqual(await ask('repeat_purchase_rate', '企业', { by: 'unit' }), {
    测试企业: [1, 1],
    东部: [0, 1],
    西部: [0, 1],
    门店: [1, 1],
  })
  // January's customer was the east's: kept by it on 5 February, and none that the west could lose.
  assert.deepEqual(await ask('retention_rate', '东部'), { '': [1, 1] })
  assert.deepEqual(await ask('retention_rate', '西部'), { '': [null, null] })
})

test('a unit is compared below the parent of the last day, with its whole own figures, as its frozen card will be', async () => {
  await team(p, '比较组', '东部')
  await receive(p, '比较组', '2021-05-03T10:00:00', '2021-05-25T10:00:00')
  await move(p, '比较组', '西部', '2024-05-20', '2021-05-20')
  const { t, units } = p
  const found = await t.db.transaction(
    await t.whole(),
    async (tx) => {
      const of = async (name: string, period: string) =>
        (await comparison(tx, { period, unit: units[name]! }, { now: later }))
          .filter(({ unit }) => unit.name === '比较组')
          .map(({ n }) => n)
      const cards = await liveCards(tx, periodOf('2021-05'), { now: later, trend: false })
      const card = await scorecard(tx, { period: '2021-05', unit: units.西部! }, { now: later })
      return {
        east: await of('东部', '2021-05'),
        west: await of('西部', '2021-05'),
        firstDays: await of('东部', '2021-W18'),
        parent: cards.get(units.比较组!)?.parentId,
        west1: cards.get(units.西部!)?.card.indicators.map(({ records: n }) => n),
        shown: card.indicators.map(({ records: n }) => n),
      }
    },
    { readOnly: true },
  )
  assert.deepEqual([found.east, found.west.length, found.firstDays.length], [[], 1, 1])
  assert.equal(found.parent, units.西部)
  assert.deepEqual(found.west1, found.shown)
})

test('who sees a department without naming it is given its figure: what came to it later came without its past', async () => {
  await team(p, '调入组', '东部')
  await receive(p, '调入组', '2020-05-03T10:00:00', '2020-05-25T10:00:00')
  await move(p, '调入组', '西部', '2024-05-20', '2020-05-20')
  const { t, units } = p
  const scope = { organizationId: t.organizationId, unitIds: [units.西部!, units.调入组!] }
  const may = (more: Partial<Question> = {}) => span('2020-05-01', '2020-06-01', more)
  assert.deepEqual(await counted(p, may(), scope), { whole: 1 })
  assert.deepEqual(await counted(p, may({ where: below(p, '西部') }), scope), { whole: 1 })
  // The team itself is seen with its past.
  assert.deepEqual(await counted(p, may({ where: below(p, '调入组') }), scope), { whole: 2 })
  assert.deepEqual(await counted(p, may({ by: 'unit' }), scope), { 西部: 1, 调入组: 2 })
  // The former department sees nothing of a team that it lost: sight follows the tree of today.
  const east = { organizationId: t.organizationId, unitIds: [units.东部!] }
  assert.deepEqual(await counted(p, may({ where: below(p, '东部') }), east), {})
  await assert.rejects(counted(p, may({ where: below(p, '调入组') }), east), { code: 'not_found' })
})

test('cells hold no tree: moving rewrites none of them', async () => {
  for (const { t } of [p, york]) {
    const done = await rebuild(t.db, t.organizationId, { check: true, now: later })
    assert.deepEqual([done.differing, done.differences], [0, []])
  }
})
