import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compare, fromDecimal, type Ratio, ratio, toDecimal } from '../platform/ratio.ts'
import type { Rule, Target } from '../standards/index.ts'
import { attainmentOf, type ScoredRow, scoreIndicator, scoreTotal, statusOf } from './score.ts'

type Step = 'whole' | 'linear' | 'started'
const deduct = (points: string, per: string, step: Step): Rule => ({ kind: 'deduct', points, per, step })
const atMost = (value: string): Target => ({ operator: '<=', value })
const atLeast = (value: string): Target => ({ operator: '>=', value })

const table = [
  { code: 'response', target: atMost('30'), points: '1', per: '5', weight: '25', zeroAt: '80' },
  { code: 'first_contact', target: atLeast('90'), points: '0.5', per: '1', weight: '30', zeroAt: '70' },
  { code: 'experience', target: atLeast('4.5'), points: '1', per: '0.1', weight: '35', zeroAt: '3.5' },
  { code: 'completeness', target: atLeast('95'), points: '0.2', per: '1', weight: '10', zeroAt: '45' },
]

function month(values: string[], step: Step): { scores: string[]; total: string } {
  const rows: ScoredRow[] = table.map((row, i) => ({
    code: row.code,
    weight: row.weight,
    state: 'ok',
    score: scoreIndicator(fromDecimal(values[i] ?? ''), row.target, deduct(row.points, row.per, step)),
  }))
  const { total } = scoreTotal(rows)
  assert.ok(total)
  return { scores: rows.map(({ score }) => toDecimal(score as Ratio, 2)), total: toDecimal(total, 3) }
}

test('the golden month under the three readings of a part step', () => {
  const values = ['42', '87.5', '4.3', '93']
  assert.deepEqual(month(values, 'whole'), { scores: ['8.00', '9.00', '8.00', '9.60'], total: '8.460' })
  assert.deepEqual(month(values, 'linear'), { scores: ['7.60', '8.75', '8.00', '9.60'], total: '8.285' })
  assert.deepEqual(month(values, 'started'), { scores: ['7.00', '8.50', '8.00', '9.60'], total: '8.060' })
})

test('the month of the overview page is 8.16', () => {
  assert.deepEqual(month(['42', '86', '4.3', '93'], 'whole'), {
    scores: ['8.00', '8.00', '8.00', '9.60'],
    total: '8.160',
  })
})

test('each indicator first reaches zero where the table says, and stays there', () => {
  for (const row of table) {
    const rule = deduct(row.points, row.per, 'linear')
    const at = fromDecimal(row.zeroAt)
    const better =
      row.target.operator === '<='
        ? ratio(at.n * 1000n - at.d, at.d * 1000n)
        : ratio(at.n * 1000n + at.d, at.d * 1000n)
    assert.deepEqual(scoreIndicator(at, row.target, rule), ratio(0), row.code)
    assert.ok(scoreIndicator(better, row.target, rule).n > 0n, row.code)
    const far = row.target.operator === '<=' ? ratio(100_000) : ratio(0)
    assert.deepEqual(scoreIndicator(far, row.target, rule), ratio(0), row.code)
  }
})

test('every tenth from 0.0 to 4.5 loses exactly one point a tenth', () => {
  for (let tenths = 0; tenths <= 45; tenths++)
    for (const step of ['whole', 'linear', 'started'] as const)
      assert.deepEqual(
        scoreIndicator(ratio(tenths, 10), atLeast('4.5'), deduct('1', '0.1', step)),
        ratio(Math.max(0, 10 - (45 - tenths))),
        `${tenths / 10} ${step}`,
      )
})

test('bands, between and pass or fail', () => {
  const bands: Rule = {
    kind: 'bands',
    bands: [
      { from: '40', score: '8' },
      { from: '30', score: '10' },
    ],
  }
  const at = (value: string, target: Target, rule: Rule) =>
    toDecimal(scoreIndicator(fromDecimal(value), target, rule), 2)
  assert.deepEqual(
    ['30', '30.1', '40', '40.1'].map((v) => at(v, atMost('30'), bands)),
    ['10.00', '8.00', '8.00', '0.00'],
  )
  const up: Rule = {
    kind: 'bands',
    bands: [
      { from: '90', score: '10' },
      { from: '80', score: '6' },
    ],
  }
  assert.deepEqual(
    ['90', '89.9', '80', '79.9'].map((v) => at(v, atLeast('90'), up)),
    ['10.00', '6.00', '6.00', '0.00'],
  )
  const between: Rule = { kind: 'between', floor: '70' }
  assert.deepEqual(
    ['95', '90', '85', '70', '10'].map((v) => at(v, atLeast('90'), between)),
    ['10.00', '10.00', '7.50', '0.00', '0.00'],
  )
  assert.equal(at('45', atMost('30'), { kind: 'between', floor: '60' }), '5.00')
  const pass: Rule = { kind: 'pass_fail' }
  assert.deepEqual(
    ['30', '30.000001'].map((v) => at(v, atMost('30'), pass)),
    ['10.00', '0.00'],
  )
})

test('near is one step off or nine points', () => {
  const response = deduct('1', '5', 'whole')
  const status = (value: string, target: Target, rule: Rule) => statusOf(fromDecimal(value), target, rule)
  assert.equal(status('30', atMost('30'), response), 'met')
  assert.equal(status('35', atMost('30'), response), 'near')
  assert.equal(status('39.9', atMost('30'), response), 'near')
  assert.equal(status('40', atMost('30'), response), 'missed')
  assert.equal(status('93', atLeast('95'), deduct('0.2', '1', 'whole')), 'near')
  assert.equal(status('89', atLeast('95'), deduct('0.2', '1', 'whole')), 'missed')
  assert.equal(status('35', atMost('30'), deduct('5', '5', 'whole')), 'near')
  assert.equal(status('30.1', atMost('30'), { kind: 'pass_fail' }), 'missed')
})

test('what has no value leaves the base; few counts; a failure or an empty base gives no total', () => {
  const row = (code: string, state: ScoredRow['state'], score: number | null, weight: string): ScoredRow => ({
    code,
    state,
    weight,
    score: score === null ? null : ratio(score),
  })
  const some = scoreTotal([
    row('a', 'ok', 8, '25'),
    row('b', 'few', 5, '25'),
    row('c', 'none', null, '40'),
    row('d', 'incomputable', null, '10'),
  ])
  assert.deepEqual(some, {
    total: ratio(13, 2),
    baseWeight: ratio(50),
    leftOut: [
      { code: 'c', state: 'none' },
      { code: 'd', state: 'incomputable' },
    ],
  })
  const failed = scoreTotal([row('a', 'ok', 8, '90'), row('b', 'failed', null, '10')])
  assert.equal(failed.total, null)
  assert.deepEqual(failed.leftOut, [{ code: 'b', state: 'failed' }])
  assert.equal(scoreTotal([]).total, null)
  assert.equal(scoreTotal([row('a', 'none', null, '100')]).total, null)
  assert.equal(scoreTotal([row('a', 'ok', 9, '0')]).total, null)
})

const value = fc.integer({ min: 0, max: 20_000 }).map((n) => ratio(n, 100))
const step = fc.constantFrom<Step>('whole', 'linear', 'started')
const size = fc.integer({ min: 1, max: 500 }).map((n) => toDecimal(ratio(n, 100), 2))
const target = fc.record({ operator: fc.constantFrom<'<=' | '>='>('<=', '>='), value: size })

test('scores stay in 0..10, never rise as the value worsens, and started ≤ linear ≤ whole', () => {
  fc.assert(
    fc.property(value, value, target, size, size, step, (a, b, goal, points, per, kind) => {
      const score = (v: Ratio, s: Step) => scoreIndicator(v, goal, deduct(points, per, s))
      const [low, high] = compare(a, b) <= 0 ? [a, b] : [b, a]
      const [better, worse] = goal.operator === '<=' ? [low, high] : [high, low]
      assert.ok(compare(score(better, kind), score(worse, kind)) >= 0)
      for (const v of [a, b]) {
        assert.ok(compare(score(v, 'started'), score(v, 'linear')) <= 0)
        assert.ok(compare(score(v, 'linear'), score(v, 'whole')) <= 0)
        assert.ok(score(v, kind).n >= 0n && compare(score(v, kind), ratio(10)) <= 0)
        if (statusOf(v, goal, deduct(points, per, kind)) === 'met')
          assert.deepEqual(score(v, kind), ratio(10))
      }
    }),
    { numRuns: 300 },
  )
})

test('a total lies between the lowest and the highest score that counts', () => {
  const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 50 })), {
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(scores, (list) => {
      const { total } = scoreTotal(
        list.map(([n, weight], i) => ({
          code: `${i}`,
          score: ratio(n, 100),
          weight: `${weight}`,
          state: 'ok',
        })),
      )
      assert.ok(total)
      const ns = list.map(([n]) => n)
      assert.ok(compare(total, ratio(Math.min(...ns), 100)) >= 0)
      assert.ok(compare(total, ratio(Math.max(...ns), 100)) <= 0)
    }),
    { numRuns: 200 },
  )
})

test('attainment is the share of the target that was reached, exact, on either side; nothing below the line is none', () => {
  const attained = (value: string, operator: '<=' | '>=', target: string) => {
    const share = attainmentOf(fromDecimal(value), { operator, value: target })
    return share && toDecimal(share, 4)
  }
  assert.equal(attained('4.3', '>=', '4.5'), '95.5556')
  assert.equal(attained('4.5', '>=', '4.5'), '100.0000')
  assert.equal(attained('96', '>=', '90'), '106.6667')
  assert.equal(attained('0', '>=', '90'), '0.0000')
  // 30 minutes allowed: 40 are three quarters of it, 15 twice as good.
  assert.equal(attained('40', '<=', '30'), '75.0000')
  assert.equal(attained('15', '<=', '30'), '200.0000')
  assert.equal(attained('0', '<=', '30'), null)
  assert.equal(attained('5', '<=', '0'), '0.0000')
  assert.equal(attained('5', '>=', '0'), null)
  // A net promoter score below zero is no share of anything.
  assert.equal(attained('-10', '>=', '50'), null)
  assert.equal(attained('10', '>=', '-5'), null)
})
