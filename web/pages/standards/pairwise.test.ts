import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgedTimes, pairKey, pairsOf, reasonWith, reciprocal } from './pairwise.ts'

test('every two indicators are compared once', () => {
  const codes = ['a', 'b', 'c', 'd'].map((code) => ({ code }))
  assert.deepEqual(
    pairsOf(codes).map(({ left, right }) => left.code + right.code),
    ['ab', 'ac', 'ad', 'bc', 'bd', 'cd'],
  )
  assert.deepEqual(pairsOf(codes.slice(0, 1)), [])
})

test('a judgement holds the other way round when the rows were moved', () => {
  const judged = { [pairKey('a', 'b')]: '3' } as const
  assert.equal(judgedTimes(judged, 'a', 'b'), '3')
  assert.equal(judgedTimes(judged, 'b', 'a'), '1/3')
  assert.equal(judgedTimes(judged, 'a', 'c'), undefined)
  assert.deepEqual([reciprocal('9'), reciprocal('1'), reciprocal('1/2')], ['1/9', '1', '2'])
})

test('the reason keeps what was typed, and one sentence of the comparison', () => {
  assert.equal(reasonWith('', undefined, 'CR 0.05'), 'CR 0.05')
  assert.equal(reasonWith('季度调整', undefined, 'CR 0.05'), '季度调整 CR 0.05')
  assert.equal(reasonWith('季度调整 CR 0.05', 'CR 0.05', 'CR 0.02'), '季度调整 CR 0.02')
  assert.equal(reasonWith('改写过', 'CR 0.05', 'CR 0.02'), '改写过 CR 0.02')
  assert.equal(reasonWith('x'.repeat(399), undefined, 'CR 0.05'), 'x'.repeat(399))
})
