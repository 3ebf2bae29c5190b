import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateToDay, zone } from '../platform/time.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { accumulator } from './accumulate.ts'
import { type Amounts, addAmounts, addShare } from './amounts.ts'
import { type Block, openBlock } from './block.ts'
import { packDays, packTotal } from './cell.ts'
import { noOwnShares } from './own/compile.ts'
import { sketched, tallies, tallyNumber } from './tallies.ts'
import { rating as blank } from './testing/facts.ts'

interface Share {
  day: number
  tally: number
  value: number
  n: number
  missing: number
  sign: 1 | -1
}

const share: fc.Arbitrary<Share> = fc.integer({ min: 0, max: tallies.length - 1 }).chain((tally) => {
  const value = sketched[tally]
    ? fc.oneof(
        fc.integer({ min: 0, max: 2 ** 47 }),
        fc.constantFrom(0, 1, 4095, 4096, 94_906_264, 94_906_265),
      )
    : fc.integer({ min: -1, max: 50 })
  return fc.record({
    day: fc.integer({ min: 0, max: 30 }),
    tally: fc.constant(tally),
    value,
    n: tally === tallyNumber.completeness ? fc.constantFrom(6, 9) : fc.constantFrom(1, 1, 1, 0),
    missing: fc.constantFrom(0, 1),
    sign: fc.constantFrom<1 | -1>(1, 1, 1, -1),
  })
})
const shares = fc.array(share, { maxLength: 60 })

const pour = (block: Block, list: Share[]) => {
  for (const one of list) block.add(one.day, one.tally, one.value, one.n, one.missing, one.sign)
}
/** The same with an object per amount: plain to read, and slow. */
function plainly(list: Share[]): { total: Buffer; days: Buffer } {
  const days = new Map<number, Amounts>()
  const total: Amounts = []
  for (const { day, tally, value, n, missing, sign } of list) {
    const amounts = days.get(day) ?? []
    days.set(day, amounts)
    addShare(amounts, tally, value, n, missing, sign)
  }
  for (const amounts of days.values()) addAmounts(total, amounts)
  return { total: packTotal(total), days: packDays(days) }
}

test('a block packs to the bytes of the plain codec, whatever it held before', () => {
  const block = openBlock()
  fc.assert(
    fc.property(shares, (list) => {
      block.reset()
      pour(block, list)
      assert.deepEqual(block.pack(), plainly(list))
    }),
    { numRuns: 500 },
  )
})

test('packed days loaded again and added to are those of all shares at once', () => {
  const block = openBlock()
  fc.assert(
    fc.property(shares, shares, (stored, later) => {
      block.reset()
      block.load(plainly(stored).days)
      pour(block, later)
      assert.deepEqual(block.pack(), plainly([...stored, ...later]))
      const taken = stored.map((one) => ({ ...one, sign: one.sign === 1 ? (-1 as const) : (1 as const) }))
      block.reset()
      block.load(plainly(stored).days)
      pour(block, taken)
      assert.deepEqual(block.pack(), { total: Buffer.from([0, 3, 0]), days: Buffer.alloc(0) })
      block.reset()
      pour(block, later)
      block.loadLast(plainly(stored).days)
      assert.deepEqual(block.pack(), plainly([...stored, ...later]))
      block.reset()
      pour(block, taken)
      block.loadLast(plainly(stored).days)
      assert.deepEqual(block.pack(), { total: Buffer.from([0, 3, 0]), days: Buffer.alloc(0) })
    }),
    { numRuns: 300 },
  )
})

const day = 86_400_000
const rating = fc
  .record({
    at: fc.integer({ min: 0, max: 100 }).map((i) => Date.parse('2024-01-20T00:00:00Z') + i * day),
    unitId: fc.constantFrom('一组', '二组'),
    agentId: fc.constantFrom('甲', '乙', null),
    category: fc.constantFrom('repair', null),
    subcategory: fc.constantFrom('硬件', null),
    overall: fc.constantFrom('5', '3.9', null),
    recommend: fc.constantFrom(10, 3, null),
  })
  .map(
    (some): RatingFact => ({
      ...blank,
      ...some,
      productId: some.category === null ? null : '打印机',
    }),
  )

test('packed in memory early or late, taken month by month or at once, cells are the same', () => {
  const place = zone('Asia/Shanghai')
  fc.assert(
    fc.property(fc.array(rating, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (facts, most) => {
      const [all, early] = [accumulator(place, noOwnShares), accumulator(place, noOwnShares, most)]
      for (const fact of facts) for (const one of [all, early]) one.add('response', fact, 1)
      const expected = all.take().map(({ merge, ...key }) => ({ ...key, ...merge() }))
      const parts = ['2024-01-31', '2024-02-01', '2024-03-31', '2025-01-01'].flatMap((until) =>
        early.take(dateToDay(until)),
      )
      const byKey = (
        cells: { slice: string; month: number; member: string; total: Buffer; days: Buffer }[],
      ) => Object.fromEntries(cells.map((cell) => [`${cell.slice} ${cell.month} ${cell.member}`, cell]))
      assert.deepEqual(byKey(parts.map(({ merge, ...key }) => ({ ...key, ...merge() }))), byKey(expected))
      assert.equal(parts.length, expected.length)
      assert.deepEqual(early.take(), [])
    }),
  )
})

test('shares of any size come through the arrays of a month', () => {
  const place = zone('Asia/Shanghai')
  const from = dateToDay('2024-03-01')
  const sized = fc
    .tuple(share, fc.constantFrom(0, 1, 9, 127, 128, 65_536, 3_000_000_000, -1))
    .map(([one, n]) => ({ ...one, n }))
  fc.assert(
    fc.property(fc.array(sized, { maxLength: 30 }), fc.integer({ min: 1, max: 30 }), (list, most) => {
      let emitted: Share
      const gathered = accumulator(
        place,
        {
          response: (_fact, _zone, emit) =>
            emit(emitted.tally, from + emitted.day, emitted.value, emitted.n, emitted.missing),
        },
        most,
      )
      for (const one of list) {
        emitted = one
        gathered.add('response', { ...blank, at: Date.parse('2024-01-20T00:00:00Z') }, one.sign)
      }
      const cells = gathered.take().filter(({ month }) => month === from)
      const packed = cells.map(({ merge }) => merge())
      for (const cell of packed) assert.deepEqual(cell, plainly(list))
      assert.deepEqual(
        [...new Set(cells.map(({ slice }) => slice))].toSorted(),
        list.length > 0 ? ['unit', 'whole'] : [],
      )
    }),
  )
})
