/**
 * Percentiles by a log-bucket histogram: bucket i holds (γ^(i−1), γ^i] ms with γ = 1.04, and answers with
 * 2γ^i/(γ+1), so the answer is within 2 % of the discrete percentile. Bucket 0 holds zero alone, bucket 1 one ms.
 */
const gamma = 1.04
const logGamma = Math.log(gamma)

export const bucketOf = (ms: number): number =>
  ms <= 0 ? 0 : Math.max(1, Math.ceil(Math.log(ms) / logGamma))

/** The value a bucket answers with, ms. */
export const bucketValue = (bucket: number): number =>
  bucket === 0 ? 0 : (2 * gamma ** bucket) / (gamma + 1)

/** Signed counts per bucket; a removal is a negative count, and what is zero is gone. */
export type Sketch = Map<number, number>

export function addToSketch(sketch: Sketch, bucket: number, count: number): void {
  const sum = (sketch.get(bucket) ?? 0) + count
  if (sum === 0) sketch.delete(bucket)
  else sketch.set(bucket, sum)
}

/** The discrete percentile (the ⌈q·n⌉-th smallest value), within 2 %; null when empty. */
export function percentile(sketch: Sketch, q: number): number | null {
  let n = 0
  for (const count of sketch.values()) n += count
  if (n <= 0) return null
  const rank = Math.max(1, Math.ceil(q * n))
  let seen = 0
  for (const bucket of [...sketch.keys()].sort((a, b) => a - b)) {
    seen += sketch.get(bucket) ?? 0
    if (seen >= rank) return bucketValue(bucket)
  }
  return null
}
