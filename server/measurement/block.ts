import { putSigned, putWhole, type Reader, takeSigned, takeWhole, type Writer, writer } from './bytes.ts'
import { bucketOf, percentileBuckets } from './sketch.ts'
import { addSquare, packSquares, settleSquares, unpackSquares } from './squares.ts'
import { sketched, tallies } from './tallies.ts'

/**
 * One cell laid out flat, each tally and day in its place: the hot loops add to it without making an object. It
 * packs to the very bytes of `cell.ts`. One block serves cell after cell.
 */
export interface Block {
  reset(): void
  /** Adds what packed days hold. */
  load(days: Uint8Array): void
  /**
   * As `load`, after all that is added or loaded otherwise: days that hold nothing yet count in the total and else stay as
   * they are packed, so that a change of one day costs not the packing of them all.
   */
  loadLast(days: Uint8Array): void
  /** `bucket` is the value's, where its tally is sketched. */
  add(
    day: number,
    tally: number,
    value: number,
    n: number,
    missing: number,
    sign: 1 | -1,
    bucket?: number,
  ): void
  /** Adds shares written as one number each, see `shortShare`. */
  addShort(shares: Uint16Array, from: number, to: number, sign: 1 | -1): void
  pack(): { total: Buffer; days: Buffer }
  packDays(): Buffer
}

/**
 * Most shares say no, yes or that the field is missing (0, 1, 2) and are counted as that: such a share as one number of 14
 * bits, tally | day | which of the three; −1 of any other.
 */
export const shortShare = (day: number, tally: number, value: number, n: number, missing: number): number => {
  if (value === 0 && n === 0) return missing === 1 ? (tally << 7) | (day << 2) | 2 : -1
  return n === 1 && missing === 0 && (value === 0 || value === 1) && !sketched[tally]
    ? (tally << 7) | (day << 2) | value
    : -1
}
export const shortDay = (share: number): number => (share >> 2) & 31
export const shortTally = (share: number): number => share >> 7

const width = 8
const [records, fields, lacking, sum, squares] = [0, 1, 2, 3, 4]
const count = tallies.length
/** The days of a month, and one more for their total. */
const totalDay = 31
const row = (totalDay + 1) * width
const buckets = 1024
const sketchPlace = sketched.map((is, tally) => (is ? sketched.slice(0, tally).filter(Boolean).length : -1))
const sketches = sketched.filter(Boolean).length * (totalDay + 1)

export function openBlock(): Block {
  const sums = new Float64Array(count * row)
  const shorts = new Int32Array(count << 7)
  const counts = new Int32Array(sketches * buckets)
  // Which counts were ever not zero since the reset, a bit each; and which 32 of these bits are not all zero.
  const bits = new Int32Array((sketches * buckets) / 32)
  const words = new Int32Array(sketches)
  const days = new Uint8Array(totalDay + 1)
  // Days that stay as they are packed: the bytes of each, head and all.
  const kept = new Array<Uint8Array | undefined>(totalDay)
  // Most cells hold some of the tallies: the others are not looked at.
  const held = new Uint8Array(count)
  // The buckets of one sketch that hold something.
  const met = new Int32Array(buckets)
  const out = writer()
  const ends = writer()

  const count1 = (sketch: number, bucket: number, by: number) => {
    const place = sketch * buckets + bucket
    const before = counts[place]!
    counts[place] = before + by
    if (before !== 0) return
    bits[place >> 5]! |= 1 << (bucket & 31)
    words[sketch]! |= 1 << (bucket >> 5)
  }
  /** The buckets of a sketch that hold anything, in their order, into `met`; how many they are. */
  const collect = (sketch: number): number => {
    let size = 0
    for (let some = words[sketch]!; some !== 0; some &= some - 1) {
      const word = 31 - Math.clz32(some & -some)
      for (let left = bits[sketch * 32 + word]!; left !== 0; left &= left - 1) {
        const bucket = word * 32 + 31 - Math.clz32(left & -left)
        if (counts[sketch * buckets + bucket] !== 0) met[size++] = bucket
      }
    }
    return size
  }
  const clear = (sketch: number) => {
    for (let some = words[sketch]!; some !== 0; some &= some - 1) {
      const word = sketch * 32 + 31 - Math.clz32(some & -some)
      for (let left = bits[word]!; left !== 0; left &= left - 1)
        counts[word * 32 + 31 - Math.clz32(left & -left)] = 0
      bits[word] = 0
    }
    words[sketch] = 0
  }

  const reset = () => {
    for (let tally = 0; tally < count; tally++) {
      if (held[tally] === 0) continue
      sums.fill(0, tally * row, (tally + 1) * row)
      shorts.fill(0, tally << 7, (tally + 1) << 7)
      const sketch = sketchPlace[tally]! * (totalDay + 1)
      if (sketch >= 0) for (let day = 0; day <= totalDay; day++) clear(sketch + day)
    }
    days.fill(0)
    kept.fill(undefined)
    held.fill(0)
  }

  const add: Block['add'] = (day, tally, value, n, missing, sign, bucket) => {
    const at = tally * row + day * width
    days[day] = 1
    held[tally] = 1
    sums[at + fields]! += sign * n
    sums[at + lacking]! += sign * missing
    if (n === 0 && value === 0) return
    sums[at + records]! += sign
    sums[at + sum]! += sign * value
    addSquare(sums, at + squares, value, sign)
    const place = sketchPlace[tally]!
    if (place >= 0) count1(place * (totalDay + 1) + day, bucket ?? bucketOf(value), sign)
  }
  const addShort: Block['addShort'] = (shares, from, to, sign) => {
    for (let i = from; i < to; i++) {
      const share = shares[i]!
      days[shortDay(share)] = 1
      held[shortTally(share)] = 1
      shorts[share]! += sign
    }
  }
  /** What was counted alone becomes sums. */
  const settleShorts = (day: number, tally: number, at: number) => {
    const from = (tally << 7) | (day << 2)
    const [no, yes, missing] = [shorts[from]!, shorts[from + 1]!, shorts[from + 2]!]
    if (no === 0 && yes === 0 && missing === 0) return
    shorts.fill(0, from, from + 3)
    sums[at + records]! += no + yes
    sums[at + fields]! += no + yes
    sums[at + lacking]! += missing
    sums[at + sum]! += yes
    sums[at + squares]! += yes
  }

  const loadAmount = (reader: Reader, day: number) => {
    const tally = reader.bytes[reader.at++]!
    const at = tally * row + day * width
    held[tally] = 1
    const some = takeSigned(reader)
    sums[at + records]! += some
    sums[at + fields]! += takeSigned(reader) + some
    sums[at + lacking]! += takeSigned(reader)
    sums[at + sum]! += takeSigned(reader)
    unpackSquares(reader, sums, at + squares)
    const place = sketchPlace[tally]!
    if (place < 0) return
    let bucket = 0
    for (let left = takeWhole(reader); left > 0; left--) {
      bucket += takeWhole(reader)
      count1(place * (totalDay + 1) + day, bucket, takeSigned(reader))
    }
  }
  const load = (packed: Uint8Array, isLast: boolean) => {
    const reader = { bytes: packed, at: 0 }
    while (reader.at < packed.length) {
      const from = reader.at
      const day = reader.bytes[reader.at++]!
      takeWhole(reader)
      const stays = isLast && days[day] === 0
      const into = stays ? totalDay : day
      days[into] = 1
      for (let left = reader.bytes[reader.at++]!; left > 0; left--) loadAmount(reader, into)
      if (stays) kept[day] = packed.subarray(from, reader.at)
    }
  }

  const packSketch = (to: Writer, sketch: number, size: number) => {
    to.room(16 * buckets)
    putWhole(to, size)
    let last = 0
    for (let i = 0; i < size; i++) {
      const bucket = met[i]!
      putWhole(to, bucket - last)
      putSigned(to, counts[sketch * buckets + bucket]!)
      last = bucket
    }
  }
  /** The sketch goes behind all heads, its length and its percentiles into its own. */
  const packPercentiles = (sketch: number, size: number) => {
    const start = ends.at
    const [p50, p90] = percentileBuckets(
      size,
      (i) => met[i]!,
      (i) => counts[sketch * buckets + met[i]!]!,
    ) ?? [0, 0]
    if (size > 0) packSketch(ends, sketch, size)
    putWhole(out, ends.at - start)
    putWhole(out, p50)
    putWhole(out, p90)
  }
  const isEmpty = (at: number): boolean => {
    let i = at
    while (i < at + width && sums[i] === 0) i++
    if (i === at + width) return true
    settleSquares(sums, at + squares)
    // Squares alone may have cancelled out before they were settled.
    if (i < at + squares) return false
    while (i < at + width && sums[i] === 0) i++
    return i === at + width
  }
  /** Writes a row's amounts; false, and nothing written, where there are none. */
  const packRow = (day: number): boolean => {
    const start = out.at
    out.room(1)
    out.at++
    let kept = 0
    for (let tally = 0; tally < count; tally++) {
      if (held[tally] === 0) continue
      const at = tally * row + day * width
      const place = sketchPlace[tally]!
      const sketch = place * (totalDay + 1) + day
      const size = place < 0 ? 0 : collect(sketch)
      if (day < totalDay) settleShorts(day, tally, at)
      if (isEmpty(at) && size === 0) continue
      kept++
      out.room(16 * (buckets + 8))
      out.bytes[out.at++] = tally
      putSigned(out, sums[at + records]!)
      putSigned(out, sums[at + fields]! - sums[at + records]!)
      putSigned(out, sums[at + lacking]!)
      putSigned(out, sums[at + sum]!)
      packSquares(out, sums, at + squares)
      if (place < 0) continue
      if (day === totalDay) packPercentiles(sketch, size)
      else packSketch(out, sketch, size)
    }
    out.bytes[start] = kept
    if (kept === 0) out.at = start
    return kept > 0
  }

  const packDays = (): Buffer => {
    out.at = 0
    for (let day = 0; day < totalDay; day++) {
      const asPacked = kept[day]
      if (asPacked) {
        out.room(asPacked.length)
        out.bytes.set(asPacked, out.at)
        out.at += asPacked.length
      }
      if (days[day] === 0) continue
      // The length stands before the amounts and is known after them.
      const start = out.at
      out.room(8)
      out.at += 8
      const from = out.at
      const any = packRow(day)
      const end = out.at
      out.at = start
      if (!any) continue
      out.bytes[out.at++] = day
      putWhole(out, end - from)
      out.bytes.copyWithin(out.at, from, end)
      out.at += end - from
    }
    return out.taken()
  }
  const sumDays = () => {
    days[totalDay] = 1
    for (let tally = 0; tally < count; tally++) {
      if (held[tally] === 0) continue
      const to = tally * row + totalDay * width
      const sketch = sketchPlace[tally]! * (totalDay + 1)
      for (let day = 0; day < totalDay; day++) {
        if (days[day] === 0) continue
        const from = tally * row + day * width
        for (let i = 0; i < width; i++) sums[to + i]! += sums[from + i]!
        const size = sketch < 0 ? 0 : collect(sketch + day)
        for (let i = 0; i < size; i++)
          count1(sketch + totalDay, met[i]!, counts[(sketch + day) * buckets + met[i]!]!)
      }
    }
  }
  const pack = () => {
    const packed = packDays()
    sumDays()
    ends.at = 0
    out.at = 2
    if (!packRow(totalDay)) out.bytes[out.at++] = 0
    out.bytes[0] = out.at >> 8
    out.bytes[1] = out.at
    return { total: Buffer.concat([out.taken(), ends.taken()]), days: packed }
  }
  return {
    reset,
    load: (packed) => load(packed, false),
    loadLast: (packed) => load(packed, true),
    add,
    addShort,
    pack,
    packDays,
  }
}
