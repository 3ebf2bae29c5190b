import { type Reader, takeSigned, takeWhole } from './bytes.ts'

/**
 * Percentiles by a log-bucket histogram: bucket i holds (γ^(i−1), γ^i] ms with γ = 1.04, and answers with
 * 2γ^i/(γ+1), so the answer is within 2 % of the discrete percentile. Bucket 0 holds zero alone, bucket 1 one ms.
 */
const gamma = 1.04
const logGamma = Math.log(gamma)

export const bucketOf = (ms: number): number =>
  ms <= 0 ? 0 : Math.max(1, Math.ceil(Math.log(ms) / logGamma))

const most = 1024
const values = Float64Array.from({ length: most }, (_, i) => (i === 0 ? 0 : (2 * gamma ** i) / (gamma + 1)))

/** The value a bucket answers with, ms. */
export const bucketValue = (bucket: number): number => values[bucket]!

/** Signed counts per bucket; a removal is a negative count, and what is zero is gone. */
export type Sketch = Map<number, number>

export function addToSketch(sketch: Sketch, bucket: number, count: number): void {
  const sum = (sketch.get(bucket) ?? 0) + count
  if (sum === 0) sketch.delete(bucket)
  else sketch.set(bucket, sum)
}

/** Half and nine tenths: the percentiles a figure carries, as hundredths so that ranks stay whole. */
export const percentiles = [50, 90] as const

/**
 * The buckets of the discrete percentiles (the ⌈q·n⌉-th smallest value, within 2 %), given the counts from the
 * lowest bucket on; null where there is nothing.
 */
export function percentileBuckets(
  size: number,
  bucketAt: (i: number) => number,
  countAt: (i: number) => number,
): [number, number] | null {
  let n = 0
  for (let i = 0; i < size; i++) n += countAt(i)
  if (n <= 0) return null
  const ranks = percentiles.map((hundredths) => Math.max(1, Math.ceil((hundredths * n) / 100)))
  const found: [number, number] = [0, 0]
  let seen = 0
  for (let i = 0, which = 0; i < size && which < 2; i++) {
    seen += countAt(i)
    while (which < 2 && seen >= ranks[which]!) found[which++] = bucketAt(i)
  }
  return found
}

/** A sketch as it stands in a stored cell, with the buckets of its percentiles worked out when it was written. */
export interface StoredSketch {
  bytes: Uint8Array
  /** undefined where the cell was read without it */
  at: number | undefined
  /** −1 where the cell does not say: in its days. */
  p50: number
  p90: number
  /** of another cell, added to this one */
  next: StoredSketch | null
}

const scratch = new Float64Array(most)

const unknown: [null, null] = [null, null]

/** p50 and p90 in ms of counts in memory and sketches in cells together; nulls when empty. */
export function percentilesOf(
  sketch: Sketch | null,
  stored: StoredSketch | null,
): readonly [number | null, number | null] {
  const counted = sketch !== null && sketch.size > 0
  if (!counted) {
    if (stored === null) return unknown
    if (stored.next === null && stored.p50 >= 0) return [bucketValue(stored.p50), bucketValue(stored.p90)]
  }
  const found = addedUp(sketch, stored)
  return found ? [bucketValue(found[0]), bucketValue(found[1])] : [null, null]
}

/** The counts of a stored sketch, added to those given. */
export function addStored(sketch: Sketch, stored: StoredSketch): void {
  const reader = readerOf(stored)
  let bucket = 0
  for (let left = takeWhole(reader); left > 0; left--) {
    bucket += takeWhole(reader)
    addToSketch(sketch, bucket, takeSigned(reader))
  }
}

/** Percentiles added up without some of their counts would be wrong without anybody seeing it. */
function readerOf({ bytes, at }: StoredSketch): Reader {
  if (at === undefined) throw new Error('a cell was read without its sketches and added to another')
  return { bytes, at }
}

/** The values at ranks 1…n, in the order asked for; a rank beyond either end is that end. */
export function valuesAtRanks(
  sketch: Sketch | null,
  stored: StoredSketch | null,
  ranks: readonly number[],
): number[] {
  addUp(sketch, stored)
  const last = scratch.findLastIndex((count) => count > 0)
  return ranks.map((rank) => {
    let seen = 0
    let bucket = 0
    for (; bucket < last; bucket++) {
      seen += scratch[bucket]!
      if (seen >= rank && seen > 0) break
    }
    return narrowValue(bucket)
  })
}

/** As `bucketValue`, but where a bucket holds a single whole number it is that one. */
function narrowValue(bucket: number): number {
  if (bucket === 1) return 1
  const only = Math.floor(gamma ** bucket)
  return bucket > 0 && only === Math.floor(gamma ** (bucket - 1)) + 1 ? only : bucketValue(bucket)
}

function addUp(sketch: Sketch | null, stored: StoredSketch | null): void {
  scratch.fill(0)
  for (const [bucket, count] of sketch ?? []) scratch[bucket]! += count
  for (let one = stored; one; one = one.next) {
    const reader = readerOf(one)
    let bucket = 0
    for (let left = takeWhole(reader); left > 0; left--) {
      bucket += takeWhole(reader)
      scratch[bucket]! += takeSigned(reader)
    }
  }
}

function addedUp(sketch: Sketch | null, stored: StoredSketch | null): [number, number] | null {
  addUp(sketch, stored)
  return percentileBuckets(
    most,
    (i) => i,
    (i) => scratch[i]!,
  )
}
