import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sumOfWeights } from './weights.ts'

test('weights add up exactly', () => {
  assert.equal(sumOfWeights(['25', '30', '35', '10']), '100')
  // 0.1 + 0.2 is 0.30000000000000004 in floating point
  assert.equal(sumOfWeights(['0.1', '0.2']), '0.3')
  assert.equal(sumOfWeights(['33.333333', '33.333333', '33.333334']), '100')
  assert.equal(sumOfWeights(['99.999999']), '99.999999')
})

test('what is still being typed counts nothing', () => {
  assert.equal(sumOfWeights(['25', '', '3.', 'x']), '25')
})
