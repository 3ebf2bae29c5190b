import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Figure } from '../../../contract/measurement.ts'
import { controlOf } from './control.ts'
import { clearlyShort, inOrder, lowest } from './split-order.ts'
import { apart, streak } from './trend-words.ts'

const rate = (numerator: number, denominator: number) => ({
  value: (100 * numerator) / denominator,
  numerator,
  denominator,
  interval: [0, 100] as [number, number],
})
const mean = (value: number | null) => ({ value, numerator: null, denominator: null, interval: null })
const figure = (member: string, value: number | null, more: Partial<Figure> = {}): Figure => ({
  period: 'whole',
  member,
  memberName: member,
  n: 50,
  records: 50,
  sum: null,
  numerator: null,
  denominator: null,
  value,
  p50: null,
  p90: null,
  interval: null,
  missing: [],
  provisional: false,
  state: 'ok',
  ...more,
})

test('below 12 points there are no limits, and the centre is the median', () => {
  const eleven = [5, 1, 9, 3, 7, 2, 8, 4, 6, 100, 5].map(mean)
  assert.deepEqual(controlOf(eleven), { centre: 5, pairs: [], tentative: false, beyond: [] })
  assert.equal(controlOf([mean(1), mean(null), mean(2)]), undefined)
})

test('limits of a rate widen as n falls, and the point beyond them is named', () => {
  // p̄ = (11·90 + 5) ÷ (11·100 + 10) = 995 ÷ 1110 = 0.896396…
  const figures = [...Array.from({ length: 11 }, () => rate(90, 100)), rate(5, 10)]
  const control = controlOf(figures)
  assert.ok(control)
  assert.equal(control.centre.toFixed(4), '89.6396')
  // 3·√(0.896396·0.103604÷100) = 0.0914243; ÷10 instead: 0.289109
  assert.deepEqual(
    control.pairs[0]?.map((end) => end.toFixed(2)),
    ['80.50', '98.78'],
  )
  assert.deepEqual(
    control.pairs[11]?.map((end) => end.toFixed(2)),
    ['60.73', '100.00'],
  )
  assert.deepEqual([control.beyond, control.tentative], [[11], true])
})

test('limits of a mean come from its moving range, stop at zero, and are firm from 20 points on', () => {
  // 20 values, 10 and 12 in turn: mean 11, every move 2, limits 11 ± 2.66·2
  const control = controlOf(Array.from({ length: 20 }, (_, i) => mean(i % 2 ? 12 : 10)))
  assert.deepEqual([control?.centre, control?.tentative, control?.beyond], [11, false, []])
  assert.deepEqual(
    control?.pairs[0]?.map((end) => end.toFixed(2)),
    ['5.68', '16.32'],
  )
  const wide = controlOf(Array.from({ length: 20 }, (_, i) => mean(i % 2 ? 30 : 0)))
  assert.equal(wide?.pairs[0]?.[0], 0)
})

test('a quotient of two sums is no share: its limits come from its moving range, above 100 % too', () => {
  const control = controlOf(
    Array.from({ length: 20 }, (_, i) => ({ ...rate(i % 2 ? 112 : 110, 100), interval: null })),
  )
  // Mean 111, every move 2, limits 111 ± 2.66·2
  assert.deepEqual(
    control?.pairs[0]?.map((end) => end.toFixed(2)),
    ['105.68', '116.32'],
  )
})

test('a run of worsening is counted to the first turn, standstill or gap', () => {
  assert.deepEqual(streak([1, 5, 2, 3, 4], 'lower'), { way: -1, periods: 2 })
  assert.deepEqual(streak([1, 5, 2, 3, 4], 'higher'), { way: 1, periods: 2 })
  assert.deepEqual(streak([1, null, 2, 3], 'lower'), { way: -1, periods: 1 })
  assert.deepEqual(streak([3, 3], 'lower'), { way: 0, periods: 0 })
  assert.deepEqual(streak([1, 2], 'none'), { way: 0, periods: 0 })
})

test('members stand worst first; the thin ones last and never named the worst', () => {
  const thin = figure('thin', 99, { state: 'few', n: 4, interval: [90, 108] })
  const members = inOrder([figure('a', 20), thin, figure('b', 40), figure('c', null)], 'lower')
  assert.deepEqual(
    members.map(({ member }) => member),
    ['b', 'a', 'thin'],
  )
  const target = { op: '<=', value: 30 }
  assert.equal(clearlyShort(members, target), undefined)
  const sure = figure('sure', 40, { interval: [31, 49] })
  assert.equal(clearlyShort([thin, figure('close', 31, { interval: [29, 33] }), sure], target), sure)
})

test('two figures differ when their intervals do not meet', () => {
  assert.ok(apart({ interval: [1, 2] }, { interval: [2.1, 3] }))
  assert.ok(!apart({ interval: [1, 2] }, { interval: [2, 3] }))
  assert.ok(!apart({ interval: null }, { interval: [2, 3] }))
})

test('a unit above another one shown is not shown beside it', () => {
  const parents = new Map([
    ['team', 'department'],
    ['department', 'whole'],
    ['whole', null],
    ['other', 'whole'],
  ])
  const members = ['whole', 'department', 'team', 'other'].map((name) => figure(name, 1))
  assert.deepEqual(
    lowest(members, parents).map(({ member }) => member),
    ['team', 'other'],
  )
})
