import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compare, fromDecimal, mul, type Ratio, ratio, sub, toDecimal } from '../platform/ratio.ts'
import { type Indicator, packs } from '../standards/index.ts'
import { breakEven, type Points, shareOf } from './break-even.ts'
import { scoreTotal } from './score.ts'

const [model] = packs[0]!.indicators
const weighing = (...weights: string[]): Indicator[] =>
  weights.map((weight, i) => ({ ...model!, code: `i${i}`, weight }))
const points = (...scores: (string | null)[]): Points =>
  new Map(scores.map((score, i) => [`i${i}`, score === null ? null : fromDecimal(score)]))
const shown = (found: ReturnType<typeof breakEven>) =>
  typeof found === 'string' ? found : toDecimal(found, 2)

test('the weight at which two units are level, worked by hand', () => {
  // 10x + 4(100 − x) = 5x + 9(100 − x): 5x = 5(100 − x), x = 50
  assert.equal(shown(breakEven(weighing('60', '40'), 'i0', points('10', '4'), points('5', '9'))), '50.00')
  // The others 30 : 20 share the rest. Of them one leads by (30 × 2 − 20 × 1) ÷ 50 = 0.8, in its own it is 3 behind:
  // −3x + 0.8(100 − x) = 0, x = 80 ÷ 3.8 = 21.0526…
  const three = weighing('50', '30', '20')
  assert.equal(shown(breakEven(three, 'i0', points('5', '9', '6'), points('8', '7', '7'))), '21.05')
})

test('no weight turns the order of one that leads everywhere, nor of two that are alike', () => {
  const two = weighing('60', '40')
  assert.equal(breakEven(two, 'i0', points('10', '9'), points('5', '4')), 'none')
  assert.equal(breakEven(two, 'i0', points('7', '7'), points('7', '7')), 'none')
  // Level only at 0 and only at 100: between them the order stays.
  assert.equal(breakEven(two, 'i0', points('8', '7'), points('7', '7')), 'none')
  assert.equal(breakEven(two, 'i1', points('8', '7'), points('7', '7')), 'none')
})

test('a single indicator, or one beside others that weigh nothing, has no break-even', () => {
  assert.equal(breakEven(weighing('100'), 'i0', points('9'), points('5')), 'none')
  assert.equal(breakEven(weighing('100', '0'), 'i0', points('9', '1'), points('5', '8')), 'none')
  // An indicator that weighs nothing yet has one: 2(100 − x) = 3x, x = 40
  assert.equal(shown(breakEven(weighing('100', '0'), 'i1', points('9', '5'), points('7', '8'))), '40.00')
})

test('two units counted over different indicators are told apart, not compared', () => {
  const three = weighing('50', '30', '20')
  assert.equal(breakEven(three, 'i0', points('9', null, '5'), points('7', '8', '6')), 'other_base')
  assert.equal(breakEven(three, 'i1', points('9', null, '5'), points('7', '8', '6')), 'other_base')
  // What neither has leaves both bases alike; of the others it keeps its share: 2x = 20 ÷ 50 × (100 − x), x = 16.67
  assert.equal(shown(breakEven(three, 'i0', points('9', null, '5'), points('7', null, '6'))), '16.67')
  assert.equal(
    shown(breakEven(weighing('50', '0', '50'), 'i0', points('9', null, '5'), points('7', '8', '7'))),
    '50.00',
  )
  assert.equal(breakEven(three, 'i1', points('9', null, '5'), points('7', null, '6')), 'none')
})

test('a weight is shown of 100, whatever the draft totals', () => {
  assert.deepEqual(shareOf(weighing('25', '25'), 'i0'), ratio(50))
  assert.equal(shareOf(weighing('0', '0'), 'i0'), null)
})

test('at a break-even both totals are equal, and on either side another one leads', () => {
  const score = fc.integer({ min: 0, max: 100 }).map((n) => ratio(n, 10))
  const unit = (n: number) => fc.array(score, { minLength: n, maxLength: n })
  const cases = fc.integer({ min: 2, max: 6 }).chain((n) =>
    fc.record({
      weights: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: n, maxLength: n }),
      one: unit(n),
      other: unit(n),
      at: fc.integer({ min: 0, max: n - 1 }),
    }),
  )
  let found = 0
  fc.assert(
    fc.property(cases, ({ weights, one, other, at }) => {
      const indicators = weighing(...weights.map(String))
      const map = (scores: Ratio[]): Points => new Map(scores.map((s, i) => [`i${i}`, s]))
      const weight = breakEven(indicators, `i${at}`, map(one), map(other))
      const lead = (x: Ratio) => leadAt(weights, at, one, other, x)
      if (typeof weight === 'string') {
        // No turn in between: the sign at both ends, and in the middle, is one.
        if (weights.every((w, i) => i === at || w === 0)) return
        const signs = new Set(['1', '25', '50', '75', '99'].map((x) => Math.sign(lead(fromDecimal(x)))))
        assert.equal(signs.size, 1)
        return
      }
      found++
      assert.equal(lead(weight), 0)
      const below = lead(mul(weight, ratio(999, 1000)))
      const above = lead(sub(ratio(100), mul(sub(ratio(100), weight), ratio(999, 1000))))
      assert.equal(Math.sign(below) * Math.sign(above), -1)
    }),
  )
  assert.ok(found > 5, `${found} break-evens`)
})

/** Who leads when one weight is x: by the total every scorecard uses, with weights multiplied up to whole numbers. */
function leadAt(weights: number[], at: number, one: Ratio[], other: Ratio[], x: Ratio): number {
  const shared = weights.reduce((sum, w, i) => (i === at ? sum : sum + w), 0)
  const scaled = weights.map((w, i) => (i === at ? x.n * BigInt(shared) : BigInt(w) * (100n * x.d - x.n)))
  const total = (scores: Ratio[]) =>
    scoreTotal(
      scores.map((score, i) => ({ code: `i${i}`, score, weight: String(scaled[i]), state: 'ok' as const })),
    ).total!
  return compare(total(one), total(other))
}
