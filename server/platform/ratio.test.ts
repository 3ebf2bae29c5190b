import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  add,
  ceil,
  compare,
  div,
  floor,
  fromDecimal,
  isDecimal,
  mul,
  ratio,
  sub,
  toDecimal,
  toNumber,
} from './ratio.ts'

const anyRatio = fc
  .tuple(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), fc.bigInt({ min: 1n, max: 1_000_000n }))
  .map(([n, d]) => ratio(n, d))

test('a ratio is kept in lowest terms with the sign on top', () => {
  assert.deepEqual(ratio(6, -4), { n: -3n, d: 2n })
  assert.deepEqual(ratio(0, -7), { n: 0n, d: 1n })
  assert.throws(() => ratio(1, 0), /zero denominator/)
  assert.throws(() => ratio(1.5), RangeError)
  assert.throws(() => div(ratio(1), ratio(0)), RangeError)
})

test('decimal text is read exactly and anything else is named', () => {
  assert.deepEqual(fromDecimal('4.50'), { n: 9n, d: 2n })
  assert.deepEqual(fromDecimal('-0.1'), { n: -1n, d: 10n })
  for (const text of ['', ' 1', '1e3', '+1', '.5', '5.', '1,000', 'NaN', '1'.repeat(101)]) {
    assert.equal(isDecimal(text), false, text)
    assert.throws(() => fromDecimal(text), /not a decimal number/)
  }
})

test('tenths subtract exactly, where floats do not', () => {
  assert.deepEqual(floor(div(sub(fromDecimal('4.5'), fromDecimal('4.2')), fromDecimal('0.1'))), ratio(3))
})

test('rounding is half away from zero and never shows a minus zero', () => {
  assert.equal(toDecimal(fromDecimal('8.285'), 2), '8.29')
  assert.equal(toDecimal(fromDecimal('-8.285'), 2), '-8.29')
  assert.equal(toDecimal(ratio(1, 3), 4), '0.3333')
  assert.equal(toDecimal(ratio(-1, 1000), 2), '0.00')
  assert.equal(toDecimal(ratio(5, 2), 0), '3')
  assert.equal(toDecimal(ratio(42), 0), '42')
  assert.equal(toNumber(ratio(9999, 1000)), 9.999)
})

test('the laws of arithmetic hold', () => {
  fc.assert(
    fc.property(anyRatio, anyRatio, anyRatio, (a, b, c) => {
      assert.deepEqual(sub(add(a, b), b), a)
      assert.deepEqual(mul(a, add(b, c)), add(mul(a, b), mul(a, c)))
      if (b.n !== 0n) assert.deepEqual(mul(div(a, b), b), a)
      assert.equal(compare(a, b), 0 - compare(b, a))
      assert.ok(compare(floor(a), a) <= 0 && compare(a, ceil(a)) <= 0)
      assert.ok(compare(sub(ceil(a), floor(a)), ratio(1)) <= 0)
    }),
    { numRuns: 300 },
  )
})

test('a rounded text is within half a unit of the last place', () => {
  fc.assert(
    fc.property(anyRatio, fc.integer({ min: 0, max: 6 }), (a, places) => {
      const off = sub(fromDecimal(toDecimal(a, places)), a)
      const half = ratio(1n, 2n * 10n ** BigInt(places))
      assert.ok(compare(off, half) <= 0 && compare(off, sub(ratio(0), half)) >= 0)
    }),
    { numRuns: 300 },
  )
})
