import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addToSketch, bucketOf, percentilesOf, type Sketch } from './sketch.ts'

/** Durations of every size: evenly spread ones would nearly all be long. */
const duration = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([bits, share]) => Math.floor(2 ** bits * (1 + share)))
const durations = fc.array(duration, { minLength: 1, maxLength: 200 })

/** q is one of the two that figures carry. */
const percentile = (sketch: Sketch, q: 0.5 | 0.9) => percentilesOf(sketch, null)[q === 0.5 ? 0 : 1]

const sketchOf = (values: number[], into: Sketch = new Map(), sign: 1 | -1 = 1): Sketch => {
  for (const value of values) addToSketch(into, bucketOf(value), sign)
  return into
}

/** The ⌈q·n⌉-th smallest, q in tenths, counted with whole numbers. */
const discrete = (values: number[], tenths: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil((tenths * values.length) / 10)) - 1] ?? Number.NaN

test('a percentile is within 2 % of the discrete one', () => {
  fc.assert(
    fc.property(durations, fc.constantFrom(5, 9), (values, tenths) => {
      const exact = discrete(values, tenths)
      const answered = percentile(sketchOf(values), tenths === 5 ? 0.5 : 0.9) ?? Number.NaN
      if (exact === 0) assert.equal(answered, 0)
      else assert.ok(Math.abs(answered - exact) <= 0.02 * exact, `${answered} is not ${exact}`)
    }),
    { numRuns: 500 },
  )
})

test('the rank is exact for every number of records', () => {
  // Each sketch holds the rank-th record alone in a bucket of its own, so one rank off is 50 % off.
  for (let n = 1; n <= 20_000; n++) {
    const rank = Math.ceil((9 * n) / 10)
    const sketch: Sketch = new Map([[bucketOf(1500), 1]])
    if (rank > 1) sketch.set(bucketOf(1000), rank - 1)
    if (n > rank) sketch.set(bucketOf(3000), n - rank)
    const answered = percentile(sketch, 0.9) ?? 0
    assert.ok(Math.abs(answered - 1500) <= 30, `n = ${n}: ${answered}`)
  }
})

test('buckets never fall as durations grow, and every bucket edge is kept within 2 %', () => {
  let last = 0
  for (let value = 0; value < 200_000; value++) {
    const bucket = bucketOf(value)
    assert.ok(bucket >= last)
    if (bucket !== last)
      for (const edge of [value - 1, value])
        assert.ok(Math.abs((percentile(sketchOf([edge]), 0.5) ?? 0) - edge) <= 0.02 * edge, String(edge))
    last = bucket
  }
})

test('what is taken away again, in any order, leaves nothing', () => {
  fc.assert(
    fc.property(durations, durations, fc.boolean(), (kept, gone, first) => {
      const sketch: Sketch = new Map()
      if (first) sketchOf(gone, sketch, -1)
      sketchOf([...kept, ...gone], sketch)
      if (!first) sketchOf(gone.toReversed(), sketch, -1)
      assert.deepEqual(
        [...sketch].sort(([a], [b]) => a - b),
        [...sketchOf(kept)].sort(([a], [b]) => a - b),
      )
      assert.equal(sketchOf(kept, sketch, -1).size, 0)
      assert.equal(percentile(sketch, 0.5), null)
    }),
  )
})
