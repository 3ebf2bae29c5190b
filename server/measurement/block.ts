import { putSigned, putWhole, type Reader, takeSigned, takeWhole, type Writer, writer } from './bytes.ts'
import { bucketOf, percentileBuckets } from './sketch.ts'
import { addSquare, packSquares, settleSquares, unpackSquares } from './squares.ts'
import { sketched, tallies } from './tallies.ts'

/**
 * One cell laid out flat, each day and tally in its place: the hot loops add to it without making an object. It
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
  add(day: number, tally: number, value: number, n: number, missing: number, sign: 1 | -1): void
  pack(): { total: Buffer; days: Buffer }
  packDays(): Buffer
}

const width = 8
const [records, fields, lacking, sum, squares] = [0, 1, 2, 3, 4]
const count = tallies.length
const row = count * width
/** The days of a month, and one more row for their total. */
const totalDay = 31
const buckets = 1024
const sketchPlace = sketched.map((is, tally) => (is ? sketched.slice(0, tally).filter(Boolean).length : -1))
const sketchRow = sketched.filter(Boolean).length * buckets

export function openBlock(): Block {
  const sums = new Float64Array((totalDay + 1) * row)
  const counts = new Int32Array((totalDay + 1) * sketchRow)
  const days = new Uint8Array(totalDay + 1)
  // Days that stay as they are packed: the bytes of each, head and all.
  const kept = new Array<Uint8Array | undefined>(totalDay)
  // Most cells hold some of the tallies: the others are not looked at.
  const held = new Uint8Array(count)
  // Places in `counts` that were ever not zero since the reset, some twice.
  let touched = new Int32Array(4096)
  let touchedSize = 0
  let cursor = 0
  const out = writer()
  const sketches = writer()

  const count1 = (place: number, by: number) => {
    const before = counts[place]!
    counts[place] = before + by
    if (before !== 0) return
    if (touchedSize === touched.length) touched = grown(touched)
    touched[touchedSize++] = place
  }

  const reset = () => {
    for (let day = 0; day <= totalDay; day++) {
      if (days[day] === 0) continue
      sums.fill(0, day * row, (day + 1) * row)
      days[day] = 0
    }
    kept.fill(undefined)
    held.fill(0)
    for (let i = 0; i < touchedSize; i++) counts[touched[i]!] = 0
    touchedSize = 0
  }

  const add: Block['add'] = (day, tally, value, n, missing, sign) => {
    const at = day * row + tally * width
    days[day] = 1
    held[tally] = 1
    sums[at + fields]! += sign * n
    sums[at + lacking]! += sign * missing
    if (n === 0 && value === 0) return
    sums[at + records]! += sign
    sums[at + sum]! += sign * value
    addSquare(sums, at + squares, value, sign)
    const place = sketchPlace[tally]!
    if (place >= 0) count1(day * sketchRow + place * buckets + bucketOf(value), sign)
  }

  const loadAmount = (reader: Reader, day: number) => {
    const tally = reader.bytes[reader.at++]!
    const at = day * row + tally * width
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
      count1(day * sketchRow + place * buckets + bucket, takeSigned(reader))
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

  /** Puts the touched places in order, each once, and forgets those that came back to zero. */
  const order = () => {
    const places = touched.subarray(0, touchedSize).sort()
    touchedSize = 0
    for (const place of places)
      if (counts[place] !== 0 && (touchedSize === 0 || touched[touchedSize - 1] !== place))
        touched[touchedSize++] = place
    cursor = 0
  }
  /** Moves the cursor to a sketch and tells where it ends; sketches are asked for in order. */
  const endOf = (sketch: number): number => {
    while (cursor < touchedSize && touched[cursor]! < sketch) cursor++
    let end = cursor
    while (end < touchedSize && touched[end]! < sketch + buckets) end++
    return end
  }
  const packSketch = (to: Writer, from: number, end: number) => {
    to.room(16 * buckets)
    putWhole(to, end - cursor)
    let last = from
    for (; cursor < end; cursor++) {
      const place = touched[cursor]!
      putWhole(to, place - last)
      putSigned(to, counts[place]!)
      last = place
    }
  }
  /** The sketch goes behind all heads, its length and its percentiles into its own. */
  const packPercentiles = (from: number, end: number) => {
    const first = cursor
    const start = sketches.at
    const [p50, p90] = percentileBuckets(
      end - first,
      (i) => touched[first + i]! - from,
      (i) => counts[touched[first + i]!]!,
    ) ?? [0, 0]
    if (end > first) packSketch(sketches, from, end)
    putWhole(out, sketches.at - start)
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
      const at = day * row + tally * width
      const place = sketchPlace[tally]!
      const sketch = day * sketchRow + place * buckets
      const end = place < 0 ? cursor : endOf(sketch)
      if (isEmpty(at) && end === cursor) continue
      kept++
      out.room(16 * (buckets + 8))
      out.bytes[out.at++] = tally
      putSigned(out, sums[at + records]!)
      putSigned(out, sums[at + fields]! - sums[at + records]!)
      putSigned(out, sums[at + lacking]!)
      putSigned(out, sums[at + sum]!)
      packSquares(out, sums, at + squares)
      if (place < 0) continue
      if (day === totalDay) packPercentiles(sketch, end)
      else packSketch(out, sketch, end)
    }
    out.bytes[start] = kept
    if (kept === 0) out.at = start
    return kept > 0
  }

  const packDays = (): Buffer => {
    order()
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
      const to = totalDay * row + tally * width
      for (let day = 0; day < totalDay; day++) {
        if (days[day] === 0) continue
        const from = day * row + tally * width
        for (let i = 0; i < width; i++) sums[to + i]! += sums[from + i]!
      }
    }
    for (let i = touchedSize - 1; i >= 0; i--) {
      const place = touched[i]!
      const by = counts[place]!
      counts[place] = 0
      count1(totalDay * sketchRow + (place % sketchRow), by)
    }
  }
  const pack = () => {
    const packed = packDays()
    sumDays()
    order()
    sketches.at = 0
    out.at = 2
    if (!packRow(totalDay)) out.bytes[out.at++] = 0
    out.bytes[0] = out.at >> 8
    out.bytes[1] = out.at
    return { total: Buffer.concat([out.taken(), sketches.taken()]), days: packed }
  }
  return {
    reset,
    load: (packed) => load(packed, false),
    loadLast: (packed) => load(packed, true),
    add,
    pack,
    packDays,
  }
}

const grown = (list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(list.length * 2)
  larger.set(list)
  return larger
}
