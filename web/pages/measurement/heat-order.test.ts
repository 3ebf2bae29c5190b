import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Figure } from '../../../contract/measurement.ts'
import { heatOf, worstOf } from './heat-order.ts'

const figure = (
  member: string,
  across: string,
  n: number,
  value: number | null,
  state: Figure['state'],
): Figure => ({
  ...{ period: 'whole', member, memberName: member, across, acrossName: across, n, records: n, value, state },
  ...{ sum: null, numerator: null, denominator: null, p50: null, p90: null },
  ...{ interval: null, missing: [], provisional: false },
})
const figures = [
  figure('甲', 'x', 10, 0, 'ok'),
  figure('甲', 'y', 40, 59, 'ok'),
  figure('乙', 'x', 45, 60, 'ok'),
  figure('乙', 'y', 3, 900, 'few'),
  figure('丙', 'z', 0, null, 'incomputable'),
]

test('rows and columns stand by their records, and a pair that never met is absent', () => {
  const heat = heatOf(figures)
  // 甲 50, 乙 48, 丙 0; x 55, y 43, z 0.
  assert.deepEqual(
    [heat.rows, heat.columns],
    [
      ['甲', '乙', '丙'],
      ['x', 'y', 'z'],
    ],
  )
  assert.equal(heat.at('甲', 'z'), undefined)
  assert.equal(heat.at('乙', 'y')?.n, 3)
})

test('six steps from the least to the most of those with enough records; thin ones set no end', () => {
  const { step } = heatOf(figures)
  const of = (value: number) => step(figure('', '', 10, value, 'ok'))
  // 60 / 6 = 10 a step: 9.99 is in the first, 10 in the second, 60 itself in the last.
  assert.deepEqual([of(0), of(9.99), of(10), of(59), of(60)], [1, 1, 2, 6, 6])
  assert.equal(heatOf([figures[0]!]).step(figures[0]!), 1)
  assert.deepEqual(heatOf([]).rows, [])
})

test('the worst is the highest or the lowest of those with enough records', () => {
  assert.equal(worstOf(figures, 'lower')?.value, 60)
  assert.equal(worstOf(figures, 'higher')?.value, 0)
  assert.equal(worstOf([figures[3]!], 'lower'), undefined)
})
