import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { scorecard as scorecardReply } from '../../contract/measurement.ts'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import { newId } from '../platform/ids.ts'
import { installPack, packs, publishStandard, standardOn } from '../standards/index.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { measureOf, measures } from './measures.ts'
import { scorecard } from './scorecard.ts'
import { openSink } from './sink.ts'
import { order as blank, rating as unrated } from './testing/facts.ts'

const now = new Date('2024-07-10T04:00:00Z')
const at = (text: string) => Date.parse(`${text}+08:00`)
const minute = 60_000

let place: TestDatabase
before(async () => {
  place = await testDatabase()
})
after(() => place.end())

const order = (receivedAt: number, set: Partial<WorkOrderFact>): WorkOrderFact => ({
  ...blank,
  unitId: place.rootUnitId,
  occurredAt: receivedAt,
  receivedAt,
  respondedAt: receivedAt + 42 * minute,
  resolvedAt: receivedAt + 300 * minute,
  reopenCount: 0,
  contactCount: 1,
  requiredFields: 100,
  filledFields: 93,
  clockAt: now.getTime(),
  ...set,
})

const rating = (submittedAt: number, overall: string): RatingFact => ({
  ...unrated,
  unitId: place.rootUnitId,
  at: submittedAt,
  overall,
})

/** 16 orders (14 solved at the first contact: 87.5 %) and 10 ratings of 4.3 in the mean. */
async function goldenMonth(day: string): Promise<void> {
  await place.db.transaction(await place.whole(), async (tx) => {
    const sink = await openSink(tx, now)
    for (let i = 0; i < 16; i++)
      sink.add({
        kind: 'work_order',
        id: newId(),
        before: null,
        after: order(at(`${day}T09:00:00`), { contactCount: i < 14 ? 1 : 2 }),
      })
    for (let i = 0; i < 10; i++)
      sink.add({
        kind: 'response',
        id: newId(),
        before: null,
        after: rating(at(`${day}T18:00:00`), i < 3 ? '5' : '4'),
      })
    await sink.flush(tx)
  })
}

async function card(question: Parameters<typeof scorecard>[1]) {
  const reply = await place.db.transaction(await place.whole(), (tx) => scorecard(tx, question, { now }), {
    readOnly: true,
  })
  return scorecardReply.parse(reply)
}

test('without a standard there is no total, and nothing is invented', async () => {
  const empty = await card({ period: '2024-05' })
  assert.deepEqual([empty.standard, empty.total, empty.baseWeight, empty.indicators], [null, null, 0, []])
})

test('the golden month scores 8.46 from its facts, with its trend', async () => {
  await place.db.transaction(await place.whole(), (tx) =>
    installPack(tx, 'general', { effectiveOn: '2024-05-01', authorId: null, now }),
  )
  await goldenMonth('2024-05-10')
  const may = await card({ period: '2024-05' })
  assert.deepEqual(
    may.indicators.map((i) => [i.code, i.value, i.score, i.weight, i.status, i.state]),
    [
      ['first_response_minutes', 42, 8, 25, 'missed', 'ok'],
      ['first_contact_resolution', 87.5, 9, 30, 'near', 'ok'],
      ['experience_score', 4.3, 8, 35, 'missed', 'ok'],
      ['record_completeness', 93, 9.6, 10, 'near', 'ok'],
    ],
  )
  // 30 of 42 minutes, 87.5 of 90, 4.3 of 4.5 and 93 of 95.
  assert.deepEqual(
    may.indicators.map(({ attainment }) => attainment),
    [71.4285714286, 97.2222222222, 95.5555555556, 97.8947368421],
  )
  assert.deepEqual([may.total, may.baseWeight, may.standard, may.state], [8.46, 100, 'v1', 'complete'])
  assert.deepEqual([may.from, may.to, may.leftOut], ['2024-05-01', '2024-05-31', []])
  assert.equal(may.indicators[0]?.target.text.zh, '≤30分钟')
  assert.equal(may.indicators[0]?.rule.zh, '每超5分钟扣1分,扣完为止')
  assert.deepEqual(
    may.totals,
    ['2023-12', '2024-01', '2024-02', '2024-03', '2024-04', '2024-05'].map((period) => ({
      period,
      total: period === '2024-05' ? 8.46 : null,
    })),
  )
  assert.deepEqual(may.indicators[2]?.trend.at(-1), { period: '2024-05', value: 4.3, score: 8 })
})

test('each period is scored by the standard of its own first day', async () => {
  await place.db.transaction(await place.whole(), async (tx) => {
    const general = await standardOn(tx, '2024-05-01')
    const weights: Record<string, string> = { first_response_minutes: '35', experience_score: '25' }
    await publishStandard(
      tx,
      {
        effectiveOn: '2024-05-15',
        reason: '季度调整权重',
        indicators: general!.indicators.map((i) => ({ ...i, weight: weights[i.code] ?? i.weight })),
      },
      { authorId: null, now, knownMeasures: measures.map(({ code }) => code) },
    )
    await publishStandard(
      tx,
      {
        effectiveOn: '2024-06-01',
        reason: '只看响应',
        indicators: [
          {
            ...general!.indicators[0]!,
            weight: '100',
            rule: { kind: 'deduct', points: '1', per: '5', step: 'linear' },
          },
        ],
      },
      { authorId: null, now, knownMeasures: measures.map(({ code }) => code) },
    )
  })
  await goldenMonth('2024-06-10')
  const may = await card({ period: '2024-05' })
  assert.deepEqual(
    [may.standard, may.total],
    ['v1', 8.46],
    'a version of the middle of May does not touch May',
  )
  const june = await card({ period: '2024-06' })
  assert.deepEqual([june.standard, june.total], ['v3', 7.6])
  assert.deepEqual(june.totals.slice(-2), [
    { period: '2024-05', total: 8.46 },
    { period: '2024-06', total: 7.6 },
  ])
  assert.deepEqual(
    june.indicators[0]?.trend.slice(-2).map(({ score }) => score),
    [8, 7.6],
  )
  const week = await card({ period: '2024-W21' })
  assert.deepEqual([week.standard, week.from, week.totals.length], ['v2', '2024-05-20', 6])
})

test('what cannot be computed leaves the base and says so; few is scored and marked', async () => {
  await place.db.transaction(await place.whole(), async (tx) => {
    const sink = await openSink(tx, now)
    const after = order(at('2024-03-05T09:00:00'), { contactCount: null })
    sink.add({ kind: 'work_order', id: newId(), before: null, after })
    await sink.flush(tx)
  })
  const march = await card({ period: '2024-03' })
  assert.equal(march.standard, 'v1', 'a period before every version uses the first')
  assert.deepEqual(
    march.indicators.map((i) => [i.code, i.state, i.score, i.status, i.missing]),
    [
      ['first_response_minutes', 'few', 8, 'missed', []],
      ['first_contact_resolution', 'incomputable', null, 'no_data', ['contact_count']],
      ['experience_score', 'none', null, 'no_data', []],
      ['record_completeness', 'ok', 9.6, 'near', []],
    ],
  )
  // (8 × 25 + 9.6 × 10) ÷ 35
  assert.deepEqual([march.total, march.baseWeight], [8.4571428571, 35])
  assert.deepEqual(march.leftOut, [
    { code: 'first_contact_resolution', state: 'incomputable' },
    { code: 'experience_score', state: 'none' },
  ])
})

test('a unit is named, a stranger’s unit is not found, a period that is none is refused', async () => {
  const own = await card({ period: '2024-05', unit: place.rootUnitId })
  assert.deepEqual([own.unit, own.total], [{ id: place.rootUnitId, name: '测试企业' }, 8.46])
  await assert.rejects(card({ period: '2024-05', unit: newId() }), { code: 'not_found' })
  await assert.rejects(card({ period: '2024-13' }), { code: 'not_a_period' })
  const other = await card({ period: '2024-05', product: newId() })
  assert.deepEqual([other.total, other.leftOut.length], [null, 4])
})

test('a period still running is open', async () => {
  assert.equal((await card({ period: '2024-07' })).state, 'open')
  assert.equal((await card({ period: '2024-07-09' })).state, 'complete')
})

test('every pack scores by measures of the catalogue', () => {
  for (const { indicators } of packs)
    for (const { measure, period, target } of indicators) {
      const { better, tally } = measureOf(measure)
      assert.notEqual(tally, null, `${measure} has records to be computed from`)
      assert.equal(target.operator, better === 'lower' ? '<=' : '>=', measure)
      assert.equal(period, 'month')
    }
})
