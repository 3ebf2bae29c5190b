import { addToSketch, bucketOf, type Sketch, type StoredSketch } from './sketch.ts'
import { sketched } from './tallies.ts'

/** One accumulator. All exact: n, missing and sum are whole numbers, the sum of squares a big one. */
export interface Amount {
  /** records that count: what a list of records behind the figure holds */
  records: number
  n: number
  missing: number
  sum: number
  squares: bigint
  /** What was counted in memory; null where nothing was. */
  sketch: Sketch | null
  /** Sketches still as their cells hold them, in a chain: most are read for a percentile alone, which stands beside them. */
  stored: StoredSketch | null
}

/** Accumulators by tally number; an absent one is empty. */
export type Amounts = (Amount | undefined)[]

export const emptyAmount = (): Amount => ({
  records: 0,
  n: 0,
  missing: 0,
  sum: 0,
  squares: 0n,
  sketch: null,
  stored: null,
})

/** Adds a share (sign +1) or takes it away (−1); the order never matters. */
export function addShare(
  amounts: Amounts,
  tally: number,
  value: number,
  n: number,
  missing: number,
  sign: 1 | -1,
): void {
  const amount = amounts[tally] ?? emptyAmount()
  amounts[tally] = amount
  amount.n += sign * n
  amount.missing += sign * missing
  if (n === 0 && value === 0) return
  amount.records += sign
  amount.sum += sign * value
  amount.squares += BigInt(sign) * square(value)
  if (!sketched[tally]) return
  amount.sketch ??= new Map()
  addToSketch(amount.sketch, bucketOf(value), sign)
}

/** Durations reach 2^40 ms, whose square a double cannot hold. */
const square = (value: number): bigint =>
  value < 94_906_265 ? BigInt(value * value) : BigInt(value) * BigInt(value)

export function addAmounts(into: Amounts, from: Amounts): void {
  for (let tally = 0; tally < from.length; tally++) {
    const amount = from[tally]
    if (!amount) continue
    const sum = into[tally] ?? emptyAmount()
    into[tally] = sum
    sum.records += amount.records
    sum.n += amount.n
    sum.missing += amount.missing
    sum.sum += amount.sum
    sum.squares += amount.squares
    for (let sketch = amount.stored; sketch; sketch = sketch.next)
      sum.stored = { ...sketch, next: sum.stored }
    if (!amount.sketch) continue
    sum.sketch ??= new Map()
    for (const [b, count] of amount.sketch) addToSketch(sum.sketch, b, count)
  }
}

/** Signed amounts may cancel out in every sum but one: only when all are zero is there nothing to keep. */
export const isEmpty = (amount: Amount): boolean =>
  amount.records === 0 &&
  amount.n === 0 &&
  amount.missing === 0 &&
  amount.sum === 0 &&
  amount.squares === 0n &&
  (amount.sketch === null || amount.sketch.size === 0) &&
  amount.stored === null
