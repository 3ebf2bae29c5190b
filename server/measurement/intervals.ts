import type { Amount } from './amounts.ts'

const z = 1.959963984540054
/** Worked out once: a question asks for ten thousands of intervals. */
const squared = z ** 2
const first = z ** 3 + z
const second = 5 * z ** 5 + 16 * z ** 3 + 3 * z
const third = 3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z

/** 97.5 % quantile of Student's t: exact for 1 and 2 degrees of freedom, else Hill's expansion (< 0.2 % off). */
function tQuantile(degrees: number): number {
  if (degrees === 1) return 12.706204736432095
  if (degrees === 2) return 4.302652729911275
  const d = degrees
  return z + first / (4 * d) + second / (96 * d * d) + third / (384 * d * d * d)
}

/** 95 % interval of a mean, in the amount's own unit; null below two records. */
export function meanInterval(a: Amount): [number, number] | null {
  if (a.n < 2) return null
  const n = BigInt(a.n)
  // n·Σx² − (Σx)² is exact; only its root is a float.
  const spread = Number(n * a.squares - BigInt(a.sum) * BigInt(a.sum))
  const variance = spread / (a.n * (a.n - 1))
  const half = tQuantile(a.n - 1) * Math.sqrt(Math.max(0, variance) / a.n)
  const mean = a.sum / a.n
  return [mean - half, mean + half]
}

/** Wilson's interval of a share, 0…100. */
export function rateInterval(hits: number, n: number): [number, number] | null {
  if (n <= 0) return null
  const p = hits / n
  const centre = (p + squared / (2 * n)) / (1 + squared / n)
  const half = (z / (1 + squared / n)) * Math.sqrt((p * (1 - p)) / n + squared / (4 * n * n))
  return [100 * Math.max(0, centre - half), 100 * Math.min(1, centre + half)]
}

/** Adjusted Wald interval of a net promoter score: three quarters of an answer are added to each end. */
export function npsInterval(a: Amount): [number, number] | null {
  if (a.n <= 0) return null
  const n = a.n + 3
  const share = a.sum / n
  const ends = (Number(a.squares) + 1.5) / n
  const half = z * Math.sqrt(Math.max(0, ends - share ** 2) / n)
  return [100 * Math.max(-1, share - half), 100 * Math.min(1, share + half)]
}
