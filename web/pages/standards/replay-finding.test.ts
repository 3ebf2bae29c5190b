import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Replayed } from '../../../contract/measurement.ts'
import { findingOf, nearestFlips } from './replay-finding.ts'

const unit = (id: string, from: number | null, to: number | null): Replayed['units'][number] => ({
  unit: { id, name: `${id} team` },
  before: { total: 8, rank: from },
  after: { total: 8, rank: to },
})
const indicator = (code: string, weight: string, ...flips: [string, string, string][]) => ({
  code,
  name: { zh: code, en: code },
  weight,
  flips: flips.map(([upper, lower, at]) => ({ upper, lower, weight: at })),
  otherBase: 0,
})
const replayed = (units: Replayed['units'], breakEvens: Replayed['breakEvens']): Replayed => ({
  period: '2024-05',
  periods: [],
  units,
  breakEvens,
})

test('who moves farthest is named, with the nearest weight that turns an order', () => {
  const found = findingOf(
    replayed(
      [unit('a', 3, 1), unit('b', 1, 2), unit('c', 2, 3), unit('few', null, null)],
      [
        indicator('x', '30.00', ['a', 'b', '80.00'], ['b', 'c', '24.60']),
        indicator('y', '70.00', ['a', 'b', '20.00']),
      ],
    ),
  )
  assert.deepEqual(found, {
    move: { unit: 'a team', from: 3, to: 1 },
    others: 2,
    turn: {
      indicator: { zh: 'x', en: 'x' },
      upper: 'b team',
      lower: 'c team',
      weight: '24.60',
      side: 'below',
    },
    firm: false,
  })
})

test('a unit without a rank on one side has not moved; no flip is firm only where all could be compared', () => {
  const still = replayed([unit('a', null, 1), unit('b', 1, 1)], [indicator('x', '100.00')])
  assert.deepEqual(findingOf(still), { move: null, others: 0, turn: null, firm: true })
  const unsure = replayed(still.units, [{ ...indicator('x', '100.00'), otherBase: 1 }])
  assert.equal(findingOf(unsure).firm, false)
})

test('two that are level at the draft’s own weight are said to be level', () => {
  const found = findingOf(
    replayed([unit('a', 1, 1), unit('b', 1, 1)], [indicator('x', '40.00', ['a', 'b', '40.00'])]),
  )
  assert.equal(found.turn?.side, 'level')
})

test('of several flips the nearest to either side is shown', () => {
  const x = indicator(
    'x',
    '30.00',
    ['a', 'b', '80.00'],
    ['b', 'c', '24.60'],
    ['c', 'd', '12.00'],
    ['d', 'e', '45.10'],
  )
  const { below, above } = nearestFlips(x)
  assert.deepEqual([below?.weight, above?.weight], ['24.60', '45.10'])
  assert.deepEqual(nearestFlips(indicator('x', '30.00')), { below: null, above: null })
})
