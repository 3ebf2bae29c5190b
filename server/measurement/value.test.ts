import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ratio } from '../platform/ratio.ts'
import { type Amounts, addShare } from './amounts.ts'
import { measureOf, measures } from './measures.ts'
import { type Tally, tallyNumber } from './tallies.ts'
import { failedValue, measuredValue, type Value } from './value.ts'

const amountsOf = (tally: Tally, values: number[], missing = 0, n = 1): Amounts => {
  const amounts: Amounts = []
  for (const value of values) addShare(amounts, tallyNumber[tally], value, n, 0, 1)
  for (let i = 0; i < missing; i++) addShare(amounts, tallyNumber[tally], 0, 0, 1, 1)
  return amounts
}
const repeated = (...counts: [value: number, times: number][]): number[] =>
  counts.flatMap(([value, times]) => Array.from({ length: times }, () => value))
const near = (found: [number, number] | null, low: number, high: number, share = 1e-6) => {
  assert.ok(found)
  for (const [actual, expected] of [
    [found[0], low],
    [found[1], high],
  ] as const)
    assert.ok(
      Math.abs(actual - expected) <= share * Math.max(1, Math.abs(high - low)),
      `${actual} is not ${expected}`,
    )
}

const minutes = (values: number[], missing = 0) =>
  amountsOf(
    'first_response',
    values.map((value) => value * 60_000),
    missing,
  )
const response = measureOf('first_response_minutes')
const blank: Omit<Value, 'state' | 'missing'> = {
  n: 0,
  records: 0,
  sum: null,
  numerator: null,
  denominator: null,
  exact: null,
  value: null,
  p50: null,
  p90: null,
  interval: null,
}

const fraction = ({ exact }: { exact: [number, number] | null }) => exact && ratio(...exact)

test('no data, too few, not computable, failed and zero are five different answers', () => {
  assert.deepEqual(measuredValue(response, [], 10), { ...blank, state: 'none', missing: [] })
  assert.deepEqual(measuredValue(response, minutes([], 3), 10), {
    ...blank,
    state: 'incomputable',
    missing: ['responded_at'],
  })
  assert.deepEqual(measuredValue(measureOf('retention_rate'), minutes([5]), 10), {
    ...blank,
    state: 'incomputable',
    missing: ['customer'],
  })
  assert.deepEqual(failedValue(), { ...blank, state: 'failed', missing: [] })
  const few = measuredValue(response, minutes(repeated([0, 9])), 10)
  assert.deepEqual([few.state, few.value, few.n], ['few', 0, 9])
  const zero = measuredValue(response, minutes(repeated([0, 10])), 10)
  assert.deepEqual([zero.state, zero.value, zero.p50, zero.interval], ['ok', 0, 0, [0, 0]])
})

test('every measure without a record is without a value, whatever its shape', () => {
  for (const measure of measures) {
    const { state, value, exact, interval, missing } = measuredValue(measure, [], 10)
    assert.deepEqual([value, exact, interval], [null, null, null], measure.code)
    assert.equal(state, measure.tally === null ? 'incomputable' : 'none', measure.code)
    assert.equal(missing.length > 0, measure.tally === null, measure.code)
  }
})

test('records that lack the field do not touch the value of the others', () => {
  const { missing, ...rest } = measuredValue(response, minutes([10, 20], 50), 2)
  assert.deepEqual([rest.state, rest.n, rest.value, missing], ['ok', 2, 15, []])
})

test('one unknown field is named for each measure that can lack it', () => {
  for (const [code, tally, field] of [
    ['start_in_time_rate', 'start_in_time', 'started_at'],
    ['plan_in_time_rate', 'plan_in_time', 'plan_confirmed_at'],
    ['resolution_hours', 'resolution', 'received_at'],
    ['first_contact_resolution', 'first_contact', 'contact_count'],
    ['fcr_all_rate', 'fcr_all', 'contact_count'],
  ] as const) {
    const answer = measuredValue(measureOf(code), amountsOf(tally, [], 1), 10)
    assert.deepEqual([answer.state, answer.missing, answer.value], ['incomputable', [field], null], code)
  }
})

test('a total in the measure’s unit is itself, however few records it has', () => {
  // 7.5 h + 1.25 h
  const answer = measuredValue(
    measureOf('training_hours'),
    amountsOf('training_hours', [27_000_000, 4_500_000]),
    10,
  )
  assert.deepEqual(
    [answer.value, answer.sum, answer.n, answer.state, fraction(answer), answer.interval],
    [8.75, 8.75, 2, 'ok', { n: 35n, d: 4n }, null],
  )
})

test("a mean in the measure's unit, exact as a fraction, with Student's interval", () => {
  // Mean 25, s = 11.841546…; t(9) = 2.262157: 25 ± 2.262157 · 11.841546 ÷ √10.
  const answer = measuredValue(response, minutes([10, 12, 15, 20, 21, 25, 30, 31, 40, 46]), 10)
  assert.deepEqual([answer.value, answer.sum, answer.n, fraction(answer)], [25, 250, 10, { n: 25n, d: 1n }])
  near(answer.interval, 16.529068, 33.470932, 0.002)
  for (const [q, exact] of [
    [answer.p50, 21],
    [answer.p90, 40],
  ] as const)
    assert.ok(q !== null && Math.abs(q - exact) <= 0.02 * exact, `${q} is not ${exact}`)
  const third = measuredValue(response, minutes([10, 10, 11]), 1)
  assert.deepEqual([fraction(third), third.value], [{ n: 31n, d: 3n }, 10.333333])
})

test("Student's interval of two and three records; of one there is none", () => {
  // t(1) = 12.706205: 15 ± 12.706205 · 7.071068 ÷ √2; t(2) = 4.302653: 30 ± 4.302653 · 26.457513 ÷ √3.
  near(measuredValue(response, minutes([10, 20]), 1).interval, -48.531024, 78.531024)
  near(measuredValue(response, minutes([10, 20, 60]), 1).interval, -35.724106, 95.724106)
  assert.equal(measuredValue(response, minutes([10]), 1).interval, null)
})

test('long durations close together keep their small spread', () => {
  // Twelve months in ms, ± 1 min: a double would lose the spread in the squares.
  const year = 365 * 24 * 60
  const answer = measuredValue(response, minutes([year - 1, year, year + 1]), 1)
  // s = 1 min: 4.302653 ÷ √3.
  near(answer.interval, year - 2.484138, year + 2.484138)
})

test('scores come back from tenths', () => {
  const scores = measuredValue(measureOf('experience_score'), amountsOf('experience', [45, 42]), 1)
  assert.deepEqual([scores.value, scores.sum, fraction(scores)], [4.35, 8.7, { n: 87n, d: 20n }])
})

test("a rate runs 0–100 with Wilson's interval", () => {
  // The roots of (p − x)² = z²·x(1 − x) ÷ n.
  const rate = (hits: number, n: number) =>
    measuredValue(measureOf('csat_rate'), amountsOf('csat', repeated([1, hits], [0, n - hits])), 10)
  const eight = rate(8, 10)
  assert.deepEqual(
    [eight.value, eight.numerator, eight.denominator, fraction(eight), eight.state],
    [80, 8, 10, { n: 80n, d: 1n }, 'ok'],
  )
  near(eight.interval, 49.016247, 94.331785)
  near(rate(90, 100).interval, 82.563434, 94.477086)
  const none = rate(0, 12)
  assert.deepEqual([none.value, none.state], [0, 'ok'])
  near(none.interval, 0, 24.249401)
  near(rate(12, 12).interval, 75.750599, 100)
})

test('a net promoter score runs −100…100 with the adjusted Wald interval', () => {
  // ¾ more promoters and detractors, 1½ more of the others: 6 of 10 → p = 6.75 ÷ 13, d = 1.75 ÷ 13.
  const nps = (up: number, even: number, down: number) =>
    measuredValue(measureOf('nps'), amountsOf('nps', repeated([1, up], [0, even], [-1, down])), 10)
  assert.deepEqual([nps(6, 3, 1).value, nps(6, 3, 1).sum, nps(6, 3, 1).n], [50, 5, 10])
  near(nps(6, 3, 1).interval, -0.203293, 77.12637)
  near(nps(1, 1, 10).interval, -94.816572, -25.183428)
  near(nps(10, 0, 0).interval, 47.503552, 100)
  assert.equal(nps(5, 0, 5).value, 0)
})

test('a count is of the failing half: none late of some is 0, of no record at all it is nothing', () => {
  const late = (values: number[]) =>
    measuredValue(measureOf('response_timeouts'), amountsOf('response_in_time', values), 10)
  assert.deepEqual([late([1, 0, 0]).value, late([1, 0, 0]).records, late([1, 0, 0]).state], [2, 2, 'ok'])
  assert.deepEqual([late([1]).value, late([1]).state], [0, 'ok'])
  assert.deepEqual([late([]).value, late([]).state], [null, 'none'])
})

test('completeness counts fields, and says of how many records they are', () => {
  const filled = amountsOf('completeness', repeated([3, 10]), 0, 6)
  const answer = measuredValue(measureOf('record_completeness'), filled, 10)
  assert.deepEqual(
    [answer.value, answer.numerator, answer.denominator, answer.n, answer.records],
    [50, 30, 60, 60, 10],
  )
})
