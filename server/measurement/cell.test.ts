import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Amounts, addAmounts, addShare, isEmpty } from './amounts.ts'
import { packDays, packTotal, settled, unpackDays, unpackTotal } from './cell.ts'
import { percentilesOf } from './sketch.ts'
import { sketched, tallies, tallyNumber } from './tallies.ts'

interface Share {
  tally: number
  value: number
  n: number
  missing: number
}

const share: fc.Arbitrary<Share> = fc.integer({ min: 0, max: tallies.length - 1 }).chain((tally) => {
  if (tally === tallyNumber.completeness)
    return fc
      .constantFrom(6, 9)
      .chain((n) => fc.integer({ min: 0, max: n }).map((value) => ({ tally, value, n, missing: 0 })))
  const value = sketched[tally] ? fc.integer({ min: 0, max: 2 ** 40 }) : fc.integer({ min: -1, max: 50 })
  return fc.oneof(
    { weight: 5, arbitrary: value.map((v) => ({ tally, value: v, n: 1, missing: 0 })) },
    { weight: 1, arbitrary: fc.constant({ tally, value: 0, n: 0, missing: 1 }) },
  )
})
const shares = fc.array(share, { maxLength: 60 })

const gather = (list: Share[], into: Amounts = [], sign: 1 | -1 = 1): Amounts => {
  for (const one of list) addShare(into, one.tally, one.value, one.n, one.missing, sign)
  return into
}
/** Without the holes and the empty ones, which are not kept. */
const content = (amounts: Amounts) =>
  tallies.flatMap((name, tally) => {
    const found = amounts[tally]
    if (!found) return []
    const amount = settled(found)
    if (isEmpty(amount)) return []
    return [{ name, ...amount, sketch: [...(amount.sketch ?? [])].sort(([a], [b]) => a - b) }]
  })

test('packed and unpacked again, amounts are the same to the last digit, signed ones too', () => {
  fc.assert(
    fc.property(shares, shares, (added, removed) => {
      const amounts = gather(removed, gather(added), -1)
      const again = unpackTotal(packTotal(amounts))
      assert.deepEqual(content(again), content(amounts))
      assert.deepEqual(packTotal(again), packTotal(amounts))
    }),
    { numRuns: 300 },
  )
})

test('only what is wanted is unpacked, and the percentiles beside a sketch are those of the sketch', () => {
  fc.assert(
    fc.property(
      shares,
      fc.array(fc.boolean(), { minLength: tallies.length, maxLength: tallies.length }),
      (list, wanted) => {
        const amounts = gather(list)
        const packed = packTotal(amounts)
        const some = unpackTotal(packed, wanted)
        assert.deepEqual(
          content(some),
          content(amounts.map((one, tally) => (wanted[tally] ? one : undefined))),
        )
        for (const amount of unpackTotal(packed))
          if (amount?.stored)
            assert.deepEqual(
              percentilesOf(amount.sketch, amount.stored),
              percentilesOf(settled(amount).sketch, null),
            )
      },
    ),
  )
})

test('the same shares in any order, one by one or merged in parts, give the same bytes', () => {
  const ordered = shares.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      fc.nat(list.length),
    ),
  )
  fc.assert(
    fc.property(ordered, ([list, shuffled, cut]) => {
      const bytes = packTotal(gather(list))
      assert.deepEqual(packTotal(gather(shuffled)), bytes)
      const parts = gather(shuffled.slice(0, cut))
      addAmounts(parts, gather(shuffled.slice(cut)))
      assert.deepEqual(packTotal(parts), bytes)
    }),
  )
})

test('added and taken away again, nothing is left and nothing is stored', () => {
  fc.assert(
    fc.property(shares, shares, (list, others) => {
      const amounts = gather(list)
      gather(list.toReversed(), amounts, -1)
      assert.deepEqual([...packTotal(amounts)], [0, 3, 0])
      // The change may come before what it changes: signed amounts are kept in between.
      const early = unpackTotal(packTotal(gather(others, gather(list, [], -1))))
      addAmounts(early, gather(list))
      assert.deepEqual(packTotal(early), packTotal(gather(others)))
    }),
  )
})

test('an amount whose sums cancel out but whose records do not is kept', () => {
  const completeness = (value: number, n: number) => ({
    tally: tallyNumber.completeness,
    value,
    n,
    missing: 0,
  })
  // 2 × 9 and 3 × 6 required fields; 6 + 2 and 6 + 2 + 0 filled.
  const out = [completeness(6, 9), completeness(2, 9)]
  const back = [completeness(6, 6), completeness(2, 6), completeness(0, 6)]
  const amounts = unpackTotal(packTotal(gather(back, gather(out, [], -1))))
  addAmounts(amounts, gather(out))
  assert.deepEqual(packTotal(amounts), packTotal(gather(back)))
})

test('sums of squares go beyond 2^53 without losing a digit', () => {
  const long = 2 ** 40 - 1
  const amounts = gather([
    { tally: 0, value: long, n: 1, missing: 0 },
    { tally: 0, value: 94_906_265, n: 1, missing: 0 },
    { tally: 0, value: 94_906_264, n: 1, missing: 0 },
  ])
  // (2^40 − 1)² + 94906265² + 94906264², worked out on paper.
  const squares = 1208925819612430151450625n + 9007199136250225n + 9007198946437696n
  assert.equal(amounts[0]?.squares, squares)
  assert.equal(unpackTotal(packTotal(amounts))[0]?.squares, squares)
  addShare(amounts, 0, long, 1, 0, -1)
  assert.equal(amounts[0]?.squares, 9007199136250225n + 9007198946437696n)
  assert.equal(
    unpackTotal(packTotal(gather([{ tally: 0, value: long, n: 1, missing: 0 }], [], -1)))[0]?.squares,
    -1208925819612430151450625n,
  )
})

test('the days of a month come back as they were, and only the ones asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), shares), { maxLength: 10 }), (list) => {
      const days = new Map<number, Amounts>()
      for (const [day, some] of list) days.set(day, gather(some, days.get(day)))
      const packed = packDays(days)
      const reversed = new Map([...days].toReversed())
      assert.deepEqual(packDays(reversed), packed)
      const back = unpackDays(packed)
      for (const [day, amounts] of days) assert.deepEqual(content(back.get(day) ?? []), content(amounts))
      assert.deepEqual(
        [...unpackDays(packed, undefined, (day) => day % 2 === 0).keys()],
        [...back.keys()].filter((day) => day % 2 === 0),
      )
    }),
  )
})
