import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Cell } from './read/table.ts'
import { parseDecimal, parseInteger, parseNps, parseRating, parseText } from './values.ts'

type Outcome = { value: unknown; percent?: true; warning?: { code: string } } | { fault: { code: string } }

const said = (parsed: Outcome) =>
  'fault' in parsed
    ? parsed.fault.code
    : [parsed.value, parsed.percent && '%', parsed.warning?.code]
        .filter((part) => part !== undefined)
        .join(' ')

test('decimals are taken as written, to the last digit', () => {
  const table: [Cell, string][] = [
    ['4', '4'],
    ['4分', '4'],
    ['4.50', '4.50'],
    ['92%', '92 %'],
    ['92％', '92 %'],
    ['９２．５％', '92.5 %'],
    ['1,234.50', '1234.50'],
    ['１，２３４', '1234'],
    ['¥1,280.00', '1280.00'],
    ['￥99元', '99'],
    ['$5', '5'],
    ['-5', '-5'],
    ['−5', '-5'],
    ['(1,234.5)', '-1234.5'],
    ['+7', '7'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0', '0'],
    ['-0.0', '0.0'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['12345678901234567890', '12345678901234567890'],
    ["'123", '123'],
    ['92%(未达标)', '92 % remark_dropped'],
    ['92%（未达标）', '92 % remark_dropped'],
    [4.3, '4.3'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [-0.5, '-0.5'],
  ]
  for (const [cell, expected] of table) assert.equal(said(parseDecimal(cell)), expected, String(cell))
})

test('what is no decimal is said to be none', () => {
  const table: [Cell, string][] = [
    ['四', 'not_a_number'],
    ['4-5', 'not_a_number'],
    ['1,23', 'decimal_comma'],
    ['1.234,56', 'decimal_comma'],
    ['1,234,5', 'not_a_number'],
    ['1.2.3', 'not_a_number'],
    ['1.38E+10', 'excel_scientific'],
    ['', 'not_a_number'],
    ['-', 'not_a_number'],
    ['5)', 'not_a_number'],
    [true, 'not_a_number'],
    [{ date: '2024-10-01T00:00:00.000' }, 'not_a_number'],
    [{ fault: 'formula', text: '4' }, 'formula_cell'],
    [{ fault: 'error', text: '#DIV/0!' }, 'error_cell'],
  ]
  for (const [cell, expected] of table) assert.equal(said(parseDecimal(cell)), expected, JSON.stringify(cell))
})

test('any decimal text comes back digit for digit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 12 }), (whole, places) => {
      const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, '0')
      const text = `${whole < 0n ? '-' : ''}${places > 0 ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits}`
      assert.equal(said(parseDecimal(text)), /[1-9]/.test(text) ? text : text.replace('-', ''))
    }),
    { numRuns: 2000 },
  )
})

test('whole numbers', () => {
  assert.equal(said(parseInteger('3次')), '3')
  assert.equal(said(parseInteger('2.0')), '2')
  assert.equal(said(parseInteger('2.5')), 'not_an_integer')
  assert.equal(said(parseInteger('50%')), 'not_an_integer')
  assert.equal(said(parseInteger('9007199254740993')), 'not_an_integer')
})

test('ratings lie between 1 and 5, recommendations between 0 and 10', () => {
  const ratings: [Cell, string][] = [
    ['4分', '4'],
    [5, '5'],
    ['4.3', '4.3'],
    ['4.25', '4.3 rating_rounded'],
    ['非常满意', '5'],
    ['非常不满意', '1'],
    ['0', 'out_of_range'],
    ['6', 'out_of_range'],
    ['80%', 'out_of_range'],
    ['constructor', 'not_a_number'],
    ['好', 'not_a_number'],
  ]
  for (const [cell, expected] of ratings) assert.equal(said(parseRating(cell)), expected, String(cell))
  assert.equal(said(parseNps('0')), '0')
  assert.equal(said(parseNps('10')), '10')
  assert.equal(said(parseNps('11')), 'out_of_range')
  assert.equal(said(parseNps('-1')), 'out_of_range')
  assert.equal(said(parseNps('9.5')), 'not_an_integer')
})

test('texts keep what a person sees; damage by Excel is named', () => {
  const table: [Cell, string][] = [
    [' SR001 ', 'SR001'],
    ['0013', '0013'],
    ["'0013", '0013'],
    ["'=1+1", '=1+1'],
    ["''=1+1", "'=1+1"],
    ["'tis", "'tis"],
    [13800000000, '13800000000'],
    [4.5, '4.5'],
    [true, 'TRUE'],
    [{ date: '2024-10-01T00:00:00.000' }, '2024-10-01'],
    [{ date: '2024-10-01T14:30:00.000' }, '2024-10-01 14:30:00'],
    [440306199001010000, '440306199001010000 digits_lost'],
    [100000000000000, '100000000000000 digits_lost'],
    [12345678901234, '12345678901234'],
    ['440306199001010000', '440306199001010000'],
    ['1.38E+10', 'excel_scientific'],
    ['4.40306E+17', 'excel_scientific'],
    ['E+10', 'E+10'],
    ['2E10', '2E10'],
    [{ fault: 'nul', text: 'a␀' }, 'nul_character'],
    [{ fault: 'too_long', text: 'a' }, 'too_long'],
  ]
  for (const [cell, expected] of table) assert.equal(said(parseText(cell)), expected, JSON.stringify(cell))
})
