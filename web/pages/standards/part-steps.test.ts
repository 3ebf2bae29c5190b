import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleOf } from './part-steps.ts'

test('42 minutes against 30, one point for each 5: two whole steps, 2.4 in proportion, three started', () => {
  assert.deepEqual(exampleOf({ operator: '<=', value: '30' }, { points: '1', per: '5' }), {
    value: '42',
    over: '12',
    whole: '8',
    linear: '7.6',
    started: '7',
  })
})

test('a rating falls below its target, exactly, and points end at zero', () => {
  assert.deepEqual(exampleOf({ operator: '>=', value: '4.5' }, { points: '1', per: '0.1' }), {
    value: '4.26',
    over: '0.24',
    whole: '8',
    linear: '7.6',
    started: '7',
  })
  const harsh = exampleOf({ operator: '>=', value: '90' }, { points: '4.5', per: '1' })
  assert.deepEqual([harsh?.whole, harsh?.linear, harsh?.started], ['1', '0', '0'])
})

test('what is still being typed has no example', () => {
  for (const per of ['', '0', '-1', 'x'])
    assert.equal(exampleOf({ operator: '<=', value: '30' }, { points: '1', per }), undefined)
})
