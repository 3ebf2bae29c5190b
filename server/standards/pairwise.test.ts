import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pairScale } from '../../contract/standards.ts'
import { add, fromDecimal, ratio } from '../platform/ratio.ts'
import { Refusal } from '../platform/refusal.ts'
import { consistencyRatio, matrixOf, principal, rounded, weighPairs } from './pairwise.ts'

type Judgement = Parameters<typeof matrixOf>[1][number]
type Times = Judgement['times']

const named = (codes: readonly string[]) =>
  codes.map((code) => ({ code, nameZh: `指标${code}`, nameEn: `indicator ${code}` }))
const judged = (...pairs: [string, string, Times][]): Judgement[] =>
  pairs.map(([left, right, times]) => ({ left, right, times }))
const weigh = (codes: string[], judgements: Judgement[], places = 0) =>
  weighPairs({ indicators: named(codes), judgements, places })
const weightsOf = (codes: string[], judgements: Judgement[], places = 0) =>
  weigh(codes, judgements, places).weights.map(({ weight }) => weight)

test('judgements that fit each other give their exact weights and a ratio of 0', () => {
  // a : b : c = 4 : 2 : 1 = 57.14… : 28.57… : 14.28…; whole parts 57 + 28 + 14 = 99, the unit left goes to .57
  const fitting = judged(['a', 'b', '2'], ['a', 'c', '4'], ['b', 'c', '2'])
  assert.deepEqual(weigh(['a', 'b', 'c'], fitting), {
    weights: [
      { code: 'a', weight: '57' },
      { code: 'b', weight: '29' },
      { code: 'c', weight: '14' },
    ],
    consistency: '0.0000',
  })
  assert.deepEqual(weightsOf(['a', 'b', 'c'], fitting, 1), ['57.1', '28.6', '14.3'])
})

test('two indicators: 3 to 1 is 75 to 25, whichever way round it is said', () => {
  assert.deepEqual(weightsOf(['a', 'b'], judged(['a', 'b', '3'])), ['75', '25'])
  assert.deepEqual(weightsOf(['a', 'b'], judged(['b', 'a', '1/3'])), ['75', '25'])
  assert.deepEqual(weightsOf(['a', 'b'], judged(['b', 'a', '9'])), ['10', '90'])
})

test('three alike share 100 as 34, 33 and 33, and the first code has the unit left over', () => {
  const alike = judged(['a', 'b', '1'], ['a', 'c', '1'], ['b', 'c', '1'])
  assert.deepEqual(weightsOf(['a', 'b', 'c'], alike), ['34', '33', '33'])
  assert.deepEqual(weightsOf(['c', 'b', 'a'], alike), ['33', '33', '34'])
})

test('the eigenvalue of a matrix worked by hand', () => {
  // Of three things λ = 1 + y + 1/y with y³ = a₁₂·a₂₃ ÷ a₁₃, here 2 × 2 ÷ 2 = 2:
  // 1 + 1.2599 + 0.7937 = 3.0536, and (0.0536 ÷ 2) ÷ 0.58 = 0.0462
  const matrix = matrixOf(['a', 'b', 'c'], judged(['a', 'b', '2'], ['a', 'c', '2'], ['b', 'c', '2']))
  const { greatest } = principal(matrix)
  assert.ok(Math.abs(greatest - (1 + Math.cbrt(0.5) + Math.cbrt(2))) < 1e-12)
  assert.equal(consistencyRatio(greatest, 3).toFixed(4), '0.0462')
})

test('a circle is refused, and the sentence names the judgement that fits least', () => {
  // a over b, b over c, and yet c far over a.
  const circle = judged(
    ['a', 'b', '3'],
    ['b', 'c', '2'],
    ['a', 'd', '2'],
    ['b', 'd', '1'],
    ['c', 'd', '1'],
    ['c', 'a', '9'],
  )
  assert.throws(
    () => weigh(['a', 'b', 'c', 'd'], circle),
    (error) => {
      assert.ok(error instanceof Refusal)
      assert.deepEqual([error.code, error.status], ['judgements_inconsistent', 400])
      assert.match(error.zh, /指标c”比“指标a”:填的是 9,各项判断合起来约为 2。/)
      assert.match(
        error.en,
        /indicator c” against “indicator a”: judged 9, while all together come to about 2\./,
      )
      return true
    },
  )
})

test('a ratio of 0.1 and less is taken, more is not', () => {
  // y³ = 3 × 3 ÷ 4 = 2.25: 1 + 1.3104 + 0.7631 − 3 = 0.0735, ÷ 2 ÷ 0.58 = 0.0634
  const with13 = (times: Times) => judged(['a', 'b', '3'], ['b', 'c', '3'], ['a', 'c', times])
  assert.equal(weigh(['a', 'b', 'c'], with13('4')).consistency, '0.0634')
  assert.throws(() => weigh(['a', 'b', 'c'], with13('1')), { code: 'judgements_inconsistent' })
  // y³ = 3 × 3 ÷ 3 = 3: 1 + 1.4422 + 0.6934 − 3 = 0.1356, ÷ 2 ÷ 0.58 = 0.1169
  assert.throws(() => weigh(['a', 'b', 'c'], with13('3')), { code: 'judgements_inconsistent' })
})

test('a pair missing, said twice, of itself or of nothing is refused by name', () => {
  const codes = ['a', 'b', 'c']
  const two = judged(['a', 'b', '1'], ['a', 'c', '1'])
  const wrong: [Judgement[], RegExp][] = [
    [two, /b.*c/],
    [[...two, ...judged(['c', 'a', '1'])], /a.*c/],
    [[...two, ...judged(['b', 'b', '1'])], /b.*b/],
    [[...two, ...judged(['b', 'x', '1'])], /b.*x/],
  ]
  for (const [judgements, said] of wrong)
    assert.throws(
      () => weigh(codes, judgements),
      (error) => error instanceof Refusal && error.code === 'judgements_incomplete' && said.test(error.zh),
    )
  assert.throws(() => weigh(['a', 'a'], judged(['a', 'a', '1'])), { code: 'code_twice' })
})

const codesOf = (n: number) => Array.from({ length: n }, (_, i) => `i${i}`)
const anyJudgements = fc.integer({ min: 2, max: 10 }).chain((n) => {
  const pairs = codesOf(n).flatMap((left, i) =>
    codesOf(n)
      .slice(i + 1)
      .map((right) => [left, right] as const),
  )
  return fc
    .array(fc.constantFrom(...pairScale), { minLength: pairs.length, maxLength: pairs.length })
    .map((times) => ({ n, judgements: pairs.map(([left, right], i) => ({ left, right, times: times[i]! })) }))
})

test('a matrix of true ratios gives back the ratios, as does the geometric mean', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 10 })
  fc.assert(
    fc.property(parts, (given) => {
      const matrix = given.map((row) => given.map((column) => row / column))
      const sum = given.reduce((all, one) => all + one, 0)
      const { shares, greatest } = principal(matrix)
      shares.forEach((share, i) => {
        assert.ok(Math.abs(share - given[i]! / sum) < 1e-12)
        assert.ok(Math.abs(share - geometric(matrix)[i]!) < 1e-12)
      })
      assert.ok(consistencyRatio(greatest, given.length) < 1e-12)
    }),
  )
})

test('the eigenvector solves its equation, whatever the judgements', () => {
  fc.assert(
    fc.property(anyJudgements, ({ n, judgements }) => {
      const matrix = matrixOf(codesOf(n), judgements)
      const { shares, greatest } = principal(matrix)
      matrix.forEach((row, i) => {
        const product = row.reduce((sum, times, j) => sum + times * shares[j]!, 0)
        assert.ok(Math.abs(product - greatest * shares[i]!) < 1e-9)
      })
      assert.ok(greatest > n - 1e-9, 'never below n')
    }),
  )
})

test('true ratios put on the scale of nine are consistent enough, and the geometric mean comes near', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 10 })
  const nearest = (times: number) => {
    const steps = pairScale.map((step) => (step.startsWith('1/') ? 1 / Number(step.slice(2)) : Number(step)))
    return steps.toSorted(
      (one, other) => Math.abs(Math.log(one / times)) - Math.abs(Math.log(other / times)),
    )[0]!
  }
  fc.assert(
    fc.property(parts, (given) => {
      const matrix = given.map((row) => given.map((column) => nearest(row / column)))
      const { shares, greatest } = principal(matrix)
      assert.ok(consistencyRatio(greatest, given.length) <= 0.1)
      for (const [i, mean] of geometric(matrix).entries()) assert.ok(Math.abs(mean - shares[i]!) < 0.02)
    }),
  )
})

/** The other classical way to weights: the geometric mean of each row. */
function geometric(matrix: number[][]): number[] {
  const means = matrix.map((row) => row.reduce((product, one) => product * one, 1) ** (1 / row.length))
  const sum = means.reduce((all, one) => all + one, 0)
  return means.map((one) => one / sum)
}

test('neither the order of the indicators nor the way round of a pair changes a weight', () => {
  const turned = (times: Times): Times =>
    (times === '1' ? '1' : times.startsWith('1/') ? times.slice(2) : `1/${times}`) as Times
  const outcome = (codes: string[], judgements: Judgement[]) => {
    try {
      const { weights, consistency } = weigh(codes, judgements)
      return { weights: Object.fromEntries(weights.map(({ code, weight }) => [code, weight])), consistency }
    } catch (error) {
      assert.ok(error instanceof Refusal)
      return error.zh
    }
  }
  fc.assert(
    fc.property(
      anyJudgements,
      fc.infiniteStream(fc.boolean()),
      fc.nat(),
      ({ n, judgements }, flips, seed) => {
        const codes = codesOf(n)
        const shuffled = codes.toSorted((one, other) => place(one, seed) - place(other, seed))
        const other = judgements
          .map((one) =>
            flips.next().value ? { left: one.right, right: one.left, times: turned(one.times) } : one,
          )
          .reverse()
        assert.deepEqual(outcome(shuffled, other), outcome(codes, judgements))
      },
    ),
  )
})

const place = (code: string, seed: number) => ((Number(code.slice(1)) + 1) * 7919 + seed) % 104_729

test('rounded shares total exactly 100 and are off by less than one unit', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 10 })
  fc.assert(
    fc.property(shares, fc.constantFrom(0, 1), (parts, places) => {
      const sum = parts.reduce((all, one) => all + one, 0)
      const given = parts.map((one) => one / sum)
      const weights = rounded(given, codesOf(parts.length), places)
      assert.deepEqual(weights.map(fromDecimal).reduce(add), ratio(100))
      for (const [i, weight] of weights.entries())
        assert.ok(Math.abs(Number(weight) - 100 * given[i]!) < 10 ** -places + 1e-9)
    }),
  )
})
