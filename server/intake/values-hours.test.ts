import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHours, parsePoints } from './values-hours.ts'

const read = (parsed: ReturnType<typeof parseHours>) =>
  'fault' in parsed ? parsed.fault.code : parsed.warning ? [parsed.value, parsed.warning.code] : parsed.value

test('hours are exact decimals, with or without their unit; what is no hours is told', () => {
  for (const [cell, expected] of [
    ['7.5', '7.5'],
    ['８小时', '8'],
    ['2.25 h', '2.25'],
    ['0', '0'],
    [1.5, '1.5'],
    ['40 个小时', '40'],
    // A third of an hour more than eight: kept to four decimals, and told.
    [25 / 3, ['8.3333', 'rounded']],
    ['1000', '1000'],
    ['1000.1', 'out_of_range'],
    ['-1', 'out_of_range'],
    ['90分钟', 'not_hours'],
    ['2课时', 'not_hours'],
    ['半天', 'not_hours'],
    ['8:30', 'not_hours'],
    ['50%', 'not_hours'],
    ['7,5', 'decimal_comma'],
  ] as const)
    assert.deepEqual(read(parseHours(cell)), expected, String(cell))
  assert.equal(read(parseHours('24.5', 24)), 'out_of_range')
  assert.equal(read(parseHours('24', 24)), '24')
})

test('exam points keep two decimals', () => {
  for (const [cell, expected] of [
    ['85分', '85'],
    ['88.25', '88.25'],
    ['88.005', ['88.01', 'rounded']],
    ['1001', 'out_of_range'],
    ['85%', 'not_a_number'],
    ['优', 'not_a_number'],
  ] as const)
    assert.deepEqual(read(parsePoints(cell)), expected, cell)
})
