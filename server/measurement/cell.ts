import { type Amount, type Amounts, emptyAmount, isEmpty } from './amounts.ts'
import { type Reader, takeSigned, takeWhole } from './bytes.ts'
import { tallies } from './tallies.ts'

/**
 * How amounts are packed into bytes. The same amounts always give the same bytes, whatever the order they
 * came in: a rebuild is compared byte by byte.
 *
 * amounts := count { tally, records, n − records, missing, sum (zigzag), squares (length + bytes), sketch (pairs) }
 * days    := { day of month, length, amounts }
 */
export function packAmounts(amounts: Amounts): Buffer {
  const out: number[] = []
  let count = 0
  for (let tally = 0; tally < tallies.length; tally++) {
    const amount = amounts[tally]
    if (!amount || isEmpty(amount)) continue
    count++
    out.push(tally)
    putAmount(out, amount)
  }
  return Buffer.from([count, ...out])
}

function putAmount(out: number[], amount: Amount): void {
  putSigned(out, amount.records)
  putSigned(out, amount.n - amount.records)
  putSigned(out, amount.missing)
  putSigned(out, amount.sum)
  putBig(out, amount.squares)
  if (!amount.sketch) return
  const buckets = [...amount.sketch.keys()].sort((a, b) => a - b)
  putWhole(out, buckets.length)
  let last = 0
  for (const bucket of buckets) {
    putWhole(out, bucket - last)
    putSigned(out, amount.sketch.get(bucket) ?? 0)
    last = bucket
  }
}

export function unpackAmounts(bytes: Uint8Array, start = 0): Amounts {
  const reader = { bytes, at: start }
  const amounts: Amounts = []
  const count = bytes[reader.at++] ?? 0
  for (let i = 0; i < count; i++) {
    const tally = bytes[reader.at++] ?? 0
    amounts[tally] = takeAmount(reader, tally)
  }
  return amounts
}

function takeAmount(reader: Reader, tally: number): Amount {
  const amount = emptyAmount(tally)
  amount.records = takeSigned(reader)
  amount.n = takeSigned(reader) + amount.records
  amount.missing = takeSigned(reader)
  amount.sum = takeSigned(reader)
  amount.squares = takeBig(reader)
  if (!amount.sketch) return amount
  const size = takeWhole(reader)
  let bucket = 0
  for (let i = 0; i < size; i++) {
    bucket += takeWhole(reader)
    amount.sketch.set(bucket, takeSigned(reader))
  }
  return amount
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

export function unpackDays(bytes: Uint8Array, wanted?: (day: number) => boolean): Map<number, Amounts> {
  const days = new Map<number, Amounts>()
  const reader = { bytes, at: 0 }
  while (reader.at < bytes.length) {
    const day = bytes[reader.at++] ?? 0
    const length = takeWhole(reader)
    if (!wanted || wanted(day)) days.set(day, unpackAmounts(bytes, reader.at))
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

function takeBig(reader: Reader): bigint {
  const head = reader.bytes[reader.at++] ?? 0
  const length = head >> 1
  let value = 0n
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(reader.bytes[reader.at + i] ?? 0)
  reader.at += length
  return head & 1 ? -value : value
}
