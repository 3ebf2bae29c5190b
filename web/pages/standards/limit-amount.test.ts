import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountOf, secondsOf } from './limit-amount.ts'

test('limits are said in the largest whole unit, and read back to the same seconds', () => {
  assert.deepEqual(
    [10, 90, 1800, 86_400, 172_800, 259_200].map((seconds) =>
      Object.values(amountOf({ seconds, runs: 'always' })).join(' '),
    ),
    ['10 seconds', '90 seconds', '30 minutes', '24 hours', '2 days', '3 days'],
  )
  for (const seconds of [1, 10, 59, 60, 3600, 5400, 86_400, 432_000]) {
    const { amount, unit } = amountOf({ seconds, runs: 'working' })
    assert.equal(secondsOf(amount, unit), seconds)
  }
})

test('parts of a unit are exact seconds or nothing', () => {
  assert.equal(secondsOf('0.1', 'minutes'), 6)
  assert.equal(secondsOf('1.5', 'hours'), 5400)
  for (const amount of ['0.5', '0', '-1', '', 'x', '0.01'])
    assert.equal(secondsOf(amount, 'seconds'), undefined)
})

test('working days are whole ones', () => {
  assert.deepEqual(amountOf({ seconds: 259_200, runs: 'workdays' }), { amount: '3', unit: 'workdays' })
  assert.equal(secondsOf('3', 'workdays'), 259_200)
  assert.equal(secondsOf('0.5', 'workdays'), undefined)
})
