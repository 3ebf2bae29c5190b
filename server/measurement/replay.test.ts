import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { replayStandard } from '../../contract/measurement.ts'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { workOrderTable } from '../cases/work-order-table.ts'
import type { Tx } from '../platform/database.ts'
import { writeFacts } from '../platform/fact-table.ts'
import { newId } from '../platform/ids.ts'
import { sql } from '../platform/sql.ts'
import { type Indicator, packs, publishStandard, standardOn } from '../standards/index.ts'
import { comparison } from './comparison.ts'
import { drainChanges, measureCodes } from './index.ts'
import { replay } from './replay.ts'
import { scorecard } from './scorecard.ts'

const now = new Date('2024-06-10T04:00:00Z')
const minute = 60_000
const names = ['甲', '乙', '丙', '丁', '戊'] as const
const teams = Object.fromEntries(names.map((name) => [name, newId()])) as Record<
  (typeof names)[number],
  string
>
const unitIds = Object.values(teams)
const sourceId = newId()

const responses = packs[0]!.indicators[0]!
const hours: Indicator = {
  ...responses,
  code: 'resolution_hours',
  measure: 'resolution_hours',
  nameZh: '平均解决时长',
  nameEn: 'Mean resolution time',
  target: { operator: '<=', value: '4' },
  rule: { kind: 'deduct', points: '1', per: '1', step: 'whole' },
}
const weighing = (response: string, resolution: string): Indicator[] => [
  { ...responses, weight: response },
  { ...hours, weight: resolution },
]

const noHours = () => {
  throw new Error('no limit runs in working time here')
}

let place: TestDatabase
const read = <T>(work: (tx: Tx) => Promise<T>, units = [place.rootUnitId, ...unitIds]) =>
  place.db.transaction({ organizationId: place.organizationId, unitIds: units }, work, { readOnly: true })
const ask = async (body: Record<string, unknown>, units?: string[]) =>
  replayStandard.reply.parse(
    await read((tx) => replay(tx, replayStandard.body.parse({ period: '2024-05', ...body }), { now }), units),
  )

/** Orders of one team in one month, all alike: received at a minute before midnight where `late`. */
const orders = (
  team: (typeof names)[number],
  month: string,
  count: number,
  set: { response: number; resolution?: number; late?: boolean },
) =>
  Array.from({ length: count }, (_, i) => {
    const day = String(set.late ? 28 : i + 1).padStart(2, '0')
    const received = Date.parse(`${month}-${day}T${set.late ? '23:59' : '09:00'}:00+08:00`)
    return {
      externalId: `${team}${month}${i}${set.late ? 'L' : ''}`,
      line: i,
      values: {
        unit_id: teams[team],
        received_at: received,
        responded_at: received + set.response * minute,
        ...(set.resolution !== undefined && { resolved_at: received + set.resolution * 60 * minute }),
      },
    }
  })

before(async () => {
  place = await testDatabase()
  await place.db.transaction(await place.whole(), async (tx) => {
    for (const name of names)
      await tx.run(sql`
        insert into directory.unit (organization_id, id, parent_id, kind, name, created_at)
        values (${tx.organizationId}, ${teams[name]}, ${place.rootUnitId}, 'team', ${name}, ${now})`)
    await tx.run(sql`insert into directory.source (organization_id, id, name, created_at)
      values (${tx.organizationId}, ${sourceId}, '工单系统', ${now})`)
    const publish = (effectiveOn: string, indicators: Indicator[]) =>
      publishStandard(
        tx,
        { effectiveOn, reason: 'test', indicators, timeLimits: [] },
        { authorId: null, now, knownMeasures: [...measureCodes] },
      )
    await publish('2000-01-01', weighing('50', '50'))
    await publish('2024-05-01', weighing('60', '40'))
    const incoming = [
      // 30 min: 10 points; 10 h, 6 over 4: 4 points
      ...orders('甲', '2024-05', 12, { response: 30, resolution: 10 }),
      // 55 min, 25 over 30: 5 points; 5 h, 1 over: 9 points
      ...orders('乙', '2024-05', 12, { response: 55, resolution: 5 }),
      // too few to be ranked
      ...orders('丙', '2024-05', 3, { response: 10, resolution: 1 }),
      // never solved: 10 points in the one, nothing in the other
      ...orders('丁', '2024-05', 12, { response: 20 }),
      ...orders('甲', '2024-04', 15, { response: 56, resolution: 2 }),
      ...orders('乙', '2024-04', 15, { response: 20, resolution: 9 }),
      ...orders('乙', '2024-03', 11, { response: 33, resolution: 3, late: true }),
    ]
    const table = workOrderTable({ limitsOn: () => [], hoursOf: noHours, now })
    await writeFacts(tx, table, incoming, { sourceId, batchId: null, now, demo: false, sink: null })
  })
  await drainChanges(place.db, place.organizationId, now)
})
after(() => place.end())

const inForce = (day: string) => read(async (tx) => (await standardOn(tx, day))!.indicators)

test('replaying the weights in force gives the scores of scorecard and comparison, to the last place', async () => {
  const found = await ask({ periods: 4, indicators: await inForce('2024-05-01') })
  assert.deepEqual(
    found.periods.map(({ period, standard }) => [period, standard]),
    [
      ['2024-02', 'v1'],
      ['2024-03', 'v1'],
      ['2024-04', 'v1'],
      ['2024-05', 'v2'],
    ],
  )
  const may = found.periods.at(-1)!
  assert.deepEqual([may.after, may.moved], [may.before, 0])
  for (const unit of found.units) assert.deepEqual(unit.after, unit.before)
  for (const { period, before } of found.periods) {
    const card = await read((tx) => scorecard(tx, { period }, { now }))
    assert.equal(before, card.total, period)
    // The older periods by the standard they were scored by.
    const same = await ask({ period, periods: 1, indicators: await inForce(`${period}-01`) })
    assert.deepEqual([same.periods[0]?.before, same.periods[0]?.after], [card.total, card.total], period)
    const ranks = await read((tx) => comparison(tx, { period }, { now }))
    assert.deepEqual(
      same.units,
      ranks.map(({ unit, total, rank }) => ({ unit, before: { total, rank }, after: { total, rank } })),
      period,
    )
  }
  assert.notEqual(found.periods[2]?.before, null)
})

test('other weights turn the order; the break-even is where they are level; too few have no rank', async () => {
  const found = await ask({ periods: 2, indicators: weighing('30', '70') })
  const row = (name: string) => found.units.find(({ unit }) => unit.name === name)
  // in force 60 : 40 → 甲 0.6 × 10 + 0.4 × 4 = 7.6, 乙 0.6 × 5 + 0.4 × 9 = 6.6; draft 30 : 70 → 5.8 and 7.8
  assert.deepEqual(row('甲'), {
    unit: { id: teams.甲, name: '甲' },
    before: { total: 7.6, rank: 2 },
    after: { total: 5.8, rank: 3 },
  })
  assert.deepEqual(
    [row('乙')?.before, row('乙')?.after],
    [
      { total: 6.6, rank: 3 },
      { total: 7.8, rank: 2 },
    ],
  )
  assert.deepEqual(
    [row('丁')?.before, row('丁')?.after],
    [
      { total: 10, rank: 1 },
      { total: 10, rank: 1 },
    ],
  )
  assert.deepEqual([row('丙')?.before.rank, row('丙')?.after.rank], [null, null])
  assert.equal(row('戊'), undefined, 'a unit without a record is not there')
  // In April 甲 has 5 and 10 points, 乙 10 and 5: 50 : 50 ties them at 7.5, 30 : 70 puts 乙 second.
  assert.deepEqual(
    found.periods.map(({ moved }) => moved),
    [1, 2],
  )
  const pair = { upper: teams.乙, lower: teams.甲, weight: '50.00' }
  assert.deepEqual(
    found.breakEvens.map(({ code, weight, flips, otherBase }) => ({ code, weight, flips, otherBase })),
    [
      { code: 'first_response_minutes', weight: '30.00', flips: [pair], otherBase: 1 },
      { code: 'resolution_hours', weight: '70.00', flips: [pair], otherBase: 1 },
    ],
  )
})

test('a draft’s own least number of records ranks its side alone', async () => {
  const indicators = weighing('60', '40').map((one) => ({ ...one, minimumN: 3 }))
  const found = await ask({ indicators })
  const few = found.units.find(({ unit }) => unit.name === '丙')
  assert.deepEqual([few?.before.rank, few?.after.rank], [null, 1])
})

test('one unit, a period without records, one unit alone: nothing is invented', async () => {
  const own = await ask({ unit: teams.甲, indicators: weighing('30', '70') })
  assert.deepEqual([own.periods.length, own.periods.at(-1)?.before, own.units], [6, 7.6, []])
  assert.deepEqual(
    own.breakEvens.map(({ flips }) => flips),
    [[], []],
  )
  const empty = await ask({ period: '2023-05', indicators: weighing('30', '70') })
  assert.deepEqual([empty.periods.at(-1)?.after, empty.units], [null, []])
  const weightless = await ask({ indicators: weighing('0', '0') })
  assert.deepEqual([weightless.periods.at(-1)?.after, weightless.breakEvens[0]?.weight], [null, null])
})

test('only units in sight are ranked; a stranger’s unit and a rule that cannot score are refused', async () => {
  const indicators = weighing('30', '70')
  const seen = await ask({ indicators }, [teams.甲, teams.乙])
  assert.deepEqual(
    seen.units.map(({ unit }) => unit.name),
    ['乙', '甲'],
  )
  await assert.rejects(ask({ indicators, unit: newId() }), { code: 'not_found' })
  await assert.rejects(ask({ indicators, period: '2024-13' }), { code: 'not_a_period' })
  const rule = { kind: 'deduct', points: '1', per: '0', step: 'whole' }
  await assert.rejects(ask({ indicators: [{ ...indicators[0], rule }] }), { code: 'rule_unusable' })
  assert.equal(replayStandard.body.safeParse({ period: '2024-05', periods: 25, indicators }).success, false)
})
