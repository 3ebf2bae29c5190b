import { type Amount, type Amounts, emptyAmount, isEmpty } from './amounts.ts'
import { type Reader, skipWhole, takeSigned, takeWhole } from './bytes.ts'
import { addStored, percentileBuckets, type Sketch, type StoredSketch } from './sketch.ts'
import { sketched, tallies } from './tallies.ts'

/**
 * Counts up with every change of the layout below or of matrix.ts, with every tally or slice added, and with every mistake
 * mended in what cells hold: cells of before are built anew.
 */
export const cellFormat = 14

/**
 * How amounts are packed into bytes. The same amounts always give the same bytes, whatever the order they
 * came in: a rebuild is compared byte by byte.
 *
 * total   := where the sketches begin (two bytes, the higher first), count { tally, sums, [percentiles] }, { sketch }
 * percentiles := length of the sketch (0 of an empty one), buckets of p50 and p90: most answers need no more of a month, so
 *   that it is read up to where the sketches begin
 * days    := { day of month, length, count { tally, sums, [sketch] } }
 * sums    := records, n − records, missing, sum (zigzag), squares (length + bytes)
 * sketch  := size { bucket − last bucket, count (zigzag) }
 */
export function packTotal(amounts: Amounts): Buffer {
  const sketches: number[] = []
  const heads = packEach(amounts, (out, amount) => {
    const pairs = pairsOf(amount)
    const before = sketches.length
    if (pairs.length > 0) putSketch(sketches, pairs)
    putWhole(out, sketches.length - before)
    const buckets = percentileBuckets(
      pairs.length,
      (i) => pairs[i]![0],
      (i) => pairs[i]![1],
    )
    for (const bucket of buckets ?? [0, 0]) putWhole(out, bucket)
  })
  const begin = 2 + heads.length
  return Buffer.from([begin >> 8, begin & 255, ...heads, ...sketches])
}

/** The amounts of a day. */
export const packAmounts = (amounts: Amounts): Buffer =>
  Buffer.from(packEach(amounts, (out, amount) => putSketch(out, pairsOf(amount))))

function packEach(amounts: Amounts, putRest: (out: number[], amount: Amount) => void): number[] {
  const out = [0]
  for (let tally = 0; tally < tallies.length; tally++) {
    const found = amounts[tally]
    if (!found) continue
    const amount = settled(found)
    if (isEmpty(amount)) continue
    out[0]!++
    out.push(tally)
    putSigned(out, amount.records)
    putSigned(out, amount.n - amount.records)
    putSigned(out, amount.missing)
    putSigned(out, amount.sum)
    putBig(out, amount.squares)
    if (sketched[tally]) putRest(out, amount)
  }
  return out
}

/** With its stored sketches counted into the one in memory. */
export function settled(amount: Amount): Amount {
  if (amount.stored === null) return amount
  const sketch: Sketch = new Map(amount.sketch)
  for (let stored: StoredSketch | null = amount.stored; stored; stored = stored.next)
    addStored(sketch, stored)
  return { ...amount, sketch, stored: null }
}

type Pairs = [bucket: number, count: number][]

const pairsOf = ({ sketch }: Amount): Pairs => [...(sketch ?? [])].sort(([one], [other]) => one - other)

function putSketch(out: number[], pairs: Pairs): void {
  putWhole(out, pairs.length)
  let last = 0
  for (const [bucket, count] of pairs) {
    putWhole(out, bucket - last)
    putSigned(out, count)
    last = bucket
  }
}

/** Which tallies a reading wants, by number, up to the last of them; without it all. */
export type Wanted = readonly boolean[]

/** The amounts of a month; where its bytes end before the sketches, these are not there to be added to others. */
export function unpackTotal(bytes: Uint8Array, wanted?: Wanted): Amounts {
  const begin = (bytes[0]! << 8) + bytes[1]!
  const reader = { bytes, at: 2 }
  const amounts: Amounts = wanted ? new Array(wanted.length) : []
  let sketchAt = bytes.length > begin ? begin : undefined
  for (let left = bytes[reader.at++] ?? 0; left > 0; left--) {
    const tally = bytes[reader.at++] ?? 0
    const amount = !wanted || wanted[tally] ? takeSums(reader) : undefined
    if (amount) amounts[tally] = amount
    else skipSums(reader)
    if (!sketched[tally]) continue
    const length = takeWhole(reader)
    const p50 = takeWhole(reader)
    const p90 = takeWhole(reader)
    if (amount && length > 0) amount.stored = { bytes, at: sketchAt, p50, p90, next: null }
    if (sketchAt !== undefined) sketchAt += length
  }
  return amounts
}

/** The amounts of a day. */
export function unpackAmounts(bytes: Uint8Array, wanted?: Wanted, start = 0): Amounts {
  const reader = { bytes, at: start }
  const amounts: Amounts = []
  for (let left = bytes[reader.at++] ?? 0; left > 0; left--) {
    const tally = bytes[reader.at++] ?? 0
    const amount = !wanted || wanted[tally] ? takeSums(reader) : undefined
    if (amount) amounts[tally] = amount
    else skipSums(reader)
    if (!sketched[tally]) continue
    if (amount && bytes[reader.at] !== 0)
      amount.stored = { bytes, at: reader.at, p50: -1, p90: -1, next: null }
    for (let parts = 2 * takeWhole(reader); parts > 0; parts--) skipWhole(reader)
  }
  return amounts
}

function takeSums(reader: Reader): Amount {
  const amount = emptyAmount()
  amount.records = takeSigned(reader)
  amount.n = takeSigned(reader) + amount.records
  amount.missing = takeSigned(reader)
  amount.sum = takeSigned(reader)
  amount.squares = takeBig(reader)
  return amount
}

function skipSums(reader: Reader): void {
  for (let i = 0; i < 4; i++) skipWhole(reader)
  reader.at += 1 + ((reader.bytes[reader.at] ?? 0) >> 1)
}

/** Each day of a month that holds anything, keyed by its distance from the first (0…30). */
export function packDays(days: Map<number, Amounts>): Buffer {
  const parts: Buffer[] = []
  for (const day of [...days.keys()].sort((a, b) => a - b)) {
    const packed = packAmounts(days.get(day) ?? [])
    if (packed[0] === 0) continue
    const head: number[] = [day]
    putWhole(head, packed.length)
    parts.push(Buffer.from(head), packed)
  }
  return Buffer.concat(parts)
}

export function unpackDays(
  bytes: Uint8Array,
  wanted?: Wanted,
  wantedDay?: (day: number) => boolean,
): Map<number, Amounts> {
  const days = new Map<number, Amounts>()
  const reader = { bytes, at: 0 }
  while (reader.at < bytes.length) {
    const day = bytes[reader.at++] ?? 0
    const length = takeWhole(reader)
    if (!wantedDay || wantedDay(day)) days.set(day, unpackAmounts(bytes, wanted, reader.at))
    reader.at += length
  }
  return days
}

// Numbers below 2^53 as groups of seven bits, the lowest first; signed ones zigzag.
function putWhole(out: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    out.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  out.push(rest)
}

const putSigned = (out: number[], value: number): void =>
  putWhole(out, value < 0 ? -value * 2 - 1 : value * 2)

function putBig(out: number[], value: bigint): void {
  const negative = value < 0n
  let rest = negative ? -value : value
  const bytes: number[] = []
  while (rest > 0n) {
    bytes.push(Number(rest & 255n))
    rest >>= 8n
  }
  out.push(bytes.length * 2 + (negative ? 1 : 0), ...bytes)
}

const eight = new DataView(new ArrayBuffer(8))

/** Eight bytes at a time make one big number, and most have no more. */
function takeBig(reader: Reader): bigint {
  const head = reader.bytes[reader.at++] ?? 0
  const end = reader.at + (head >> 1)
  let value = takeEight(reader, end)
  for (let shift = 64n; reader.at < end; shift += 64n) value |= takeEight(reader, end) << shift
  return head & 1 ? -value : value
}

function takeEight(reader: Reader, end: number): bigint {
  eight.setUint32(0, takeFour(reader, end), true)
  eight.setUint32(4, takeFour(reader, end), true)
  return eight.getBigUint64(0, true)
}

function takeFour(reader: Reader, end: number): number {
  let part = 0
  for (let shift = 0; shift < 32 && reader.at < end; shift += 8)
    part |= (reader.bytes[reader.at++] ?? 0) << shift
  return part
}
