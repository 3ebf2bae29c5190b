import { type Amount, type Amounts, emptyAmount, isEmpty } from './amounts.ts'
import { type Reader, skipWhole, takeSigned, takeWhole } from './bytes.ts'
import { addStored, percentileBuckets, type Sketch } from './sketch.ts'
import { sketched, tallies } from './tallies.ts'

/** Counts up with every change of the layout below or of matrix.ts, and with every tally or slice added: cells of before do not hold it. */
export const cellFormat = 12

/**
 * How amounts are packed into bytes. The same amounts always give the same bytes, whatever the order they
 * came in: a rebuild is compared byte by byte.
 *
 * amounts := count { tally, records, n − records, missing, sum (zigzag), squares (length + bytes), [percentiles] sketch }
 * percentiles := length of the sketch, buckets of p50 and p90; in the total of a month alone, so that it is read
 *   without its sketches
 * sketch  := size { bucket − last bucket, count (zigzag) }
 * days    := { day of month, length, amounts }
 */
export function packAmounts(amounts: Amounts, withPercentiles = true): Buffer {
  const out: number[] = []
  let count = 0
  for (let tally = 0; tally < tallies.length; tally++) {
    const found = amounts[tally]
    if (!found) continue
    const amount = settled(found)
    if (isEmpty(amount)) continue
    count++
    out.push(tally)
    putAmount(out, amount, withPercentiles)
  }
  return Buffer.from([count, ...out])
}

/** With its stored sketches counted into the one in memory. */
export function settled(amount: Amount): Amount {
  if (!amount.sketch || amount.stored.length === 0) return amount
  const sketch: Sketch = new Map(amount.sketch)
  for (const stored of amount.stored) addStored(sketch, stored)
  return { ...amount, sketch, stored: [] }
}

function putAmount(out: number[], amount: Amount, withPercentiles: boolean): void {
  putSigned(out, amount.records)
  putSigned(out, amount.n - amount.records)
  putSigned(out, amount.missing)
  putSigned(out, amount.sum)
  putBig(out, amount.squares)
  if (!amount.sketch) return
  const pairs = [...amount.sketch].sort(([one], [other]) => one - other)
  const sketch: number[] = []
  putWhole(sketch, pairs.length)
  let last = 0
  for (const [bucket, count] of pairs) {
    putWhole(sketch, bucket - last)
    putSigned(sketch, count)
    last = bucket
  }
  if (withPercentiles) {
    const [p50, p90] = percentileBuckets(
      pairs.length,
      (i) => pairs[i]![0],
      (i) => pairs[i]![1],
    ) ?? [0, 0]
    putWhole(out, sketch.length)
    putWhole(out, p50)
    putWhole(out, p90)
  }
  out.push(...sketch)
}

/** Which tallies a reading wants, by number; without it all. */
export type Wanted = readonly boolean[]

export function unpackAmounts(
  bytes: Uint8Array,
  wanted?: Wanted,
  start = 0,
  withPercentiles = true,
): Amounts {
  const reader = { bytes, at: start }
  const amounts: Amounts = []
  const count = bytes[reader.at++] ?? 0
  for (let i = 0; i < count; i++) {
    const tally = bytes[reader.at++] ?? 0
    if (!wanted || wanted[tally]) amounts[tally] = takeAmount(reader, tally, withPercentiles)
    else skipAmount(reader, tally, withPercentiles)
  }
  return amounts
}

function takeAmount(reader: Reader, tally: number, withPercentiles: boolean): Amount {
  const amount = emptyAmount(tally)
  amount.records = takeSigned(reader)
  amount.n = takeSigned(reader) + amount.records
  amount.missing = takeSigned(reader)
  amount.sum = takeSigned(reader)
  amount.squares = takeBig(reader)
  if (!sketched[tally]) return amount
  const length = withPercentiles ? takeWhole(reader) : undefined
  const buckets: [number, number] | null = withPercentiles ? [takeWhole(reader), takeWhole(reader)] : null
  if (reader.bytes[reader.at] !== 0) amount.stored.push({ bytes: reader.bytes, at: reader.at, buckets })
  skipSketch(reader, length)
  return amount
}

function skipAmount(reader: Reader, tally: number, withPercentiles: boolean): void {
  for (let i = 0; i < 4; i++) skipWhole(reader)
  reader.at += 1 + ((reader.bytes[reader.at] ?? 0) >> 1)
  if (!sketched[tally]) return
  const length = withPercentiles ? takeWhole(reader) : undefined
  if (withPercentiles) for (let i = 0; i < 2; i++) skipWhole(reader)
  skipSketch(reader, length)
}

function skipSketch(reader: Reader, length: number | undefined): void {
  if (length !== undefined) reader.at += length
  else for (let left = 2 * takeWhole(reader); left > 0; left--) skipWhole(reader)
}

/** Each day of a month that holds anything, keyed by its distance from the first (0…30). */
export function packDays(days: Map<number, Amounts>): Buffer {
  const parts: Buffer[] = []
  for (const day of [...days.keys()].sort((a, b) => a - b)) {
    const packed = packAmounts(days.get(day) ?? [], false)
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
    if (!wantedDay || wantedDay(day)) days.set(day, unpackAmounts(bytes, wanted, reader.at, false))
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

/** Six bytes at a time are still whole numbers. */
function takeBig(reader: Reader): bigint {
  const head = reader.bytes[reader.at++] ?? 0
  const end = reader.at + (head >> 1)
  let value = 0n
  for (let shift = 0n; reader.at < end; shift += 48n) {
    let part = 0
    for (let i = 0, scale = 1; i < 6 && reader.at < end; i++, scale *= 256)
      part += (reader.bytes[reader.at++] ?? 0) * scale
    value += shift === 0n ? BigInt(part) : BigInt(part) << shift
  }
  return head & 1 ? -value : value
}
