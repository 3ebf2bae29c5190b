import { to as copyTo } from 'pg-copy-streams'
import type { Tx } from '../platform/database.ts'
import type { ReadRow } from './kinds/measured-kind.ts'

/**
 * Reads the rows of a statement in PostgreSQL's binary copy format, several times cheaper than as objects. COPY
 * takes no parameters: the caller's statement must hold checked literals only. Rows are handed on one by one.
 */
export async function copyRows(
  tx: Tx,
  statement: string,
  fields: number,
  each: (row: ReadRow) => void,
): Promise<void> {
  const stream = tx.client.query(copyTo(`copy (${statement}) to stdout (format binary)`))
  const reader = rowReader(fields)
  let rest: Buffer | undefined
  let begun = false
  for await (const piece of stream as AsyncIterable<Buffer>) {
    let bytes = piece
    let at = 0
    if (rest) {
      // Only the row that was cut is put together: joining every piece whole would copy everything once more.
      const joined = Buffer.concat([rest, piece.subarray(0, cutRow)])
      const next = begun ? reader.read(joined, 0) : 0
      if (next > 0) {
        each(reader.row)
        at = next - rest.length
      } else bytes = Buffer.concat([rest, piece])
      rest = undefined
    }
    if (!begun) {
      if (bytes.length < 19) {
        rest = bytes
        continue
      }
      at = 19 + bytes.readInt32BE(15)
      begun = true
    }
    for (let next = reader.read(bytes, at); next > 0; next = reader.read(bytes, at)) {
      each(reader.row)
      at = next
    }
    rest = at < bytes.length ? bytes.subarray(at) : undefined
  }
}

/** Longer than nearly every row. */
const cutRow = 2048

const epochOf2000 = 946_684_800_000

function rowReader(fields: number): { read(bytes: Buffer, at: number): number; row: ReadRow } {
  const starts = new Int32Array(fields)
  const sizes = new Int32Array(fields)
  const texts = knownTexts((bytes, from, to) => bytes.toString('utf8', from, to))
  const uuids = knownUuids()
  let bytes: Buffer = Buffer.alloc(0)

  /** Where the row ends; 0 when it is not all there yet, or none is left. */
  const read = (from: Buffer, start: number): number => {
    let at = start + 2
    if (at > from.length || from.readInt16BE(start) < 0) return 0
    for (let field = 0; field < fields; field++) {
      if (at + 4 > from.length) return 0
      const size = int32(from, at)
      at += 4
      starts[field] = at
      sizes[field] = size
      if (size > 0) at += size
    }
    if (at > from.length) return 0
    bytes = from
    return at
  }
  const row: ReadRow = {
    text: (field) =>
      sizes[field]! < 0 ? null : texts(bytes, starts[field]!, starts[field]! + sizes[field]!),
    uuid: (field) => (sizes[field]! < 0 ? null : uuids(bytes, starts[field]!)),
    instant: (field) => {
      if (sizes[field]! < 0) return null
      const at = starts[field]!
      const micros = int32(bytes, at) * 2 ** 32 + (int32(bytes, at + 4) >>> 0)
      return Math.floor(micros / 1000) + epochOf2000
    },
    int: (field) => {
      if (sizes[field]! < 0) return null
      return sizes[field] === 2 ? bytes.readInt16BE(starts[field]!) : int32(bytes, starts[field]!)
    },
    bool: (field) => (sizes[field]! < 0 ? null : bytes[starts[field]!] === 1),
  }
  return { read, row }
}

const int32 = (bytes: Buffer, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!

const slots = 1 << 14

/** The same few thousand names and ids come again and again: one string each, found by their bytes. */
function knownTexts(decode: (bytes: Buffer, from: number, to: number) => string) {
  const known = new Array<{ bytes: Uint8Array; text: string } | undefined>(slots)
  return (bytes: Buffer, from: number, to: number): string => {
    let hash = to - from
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0
    const slot = (hash ^ (hash >>> 15)) & (slots - 1)
    const there = known[slot]
    if (there && same(there.bytes, bytes, from, to)) return there.text
    const text = decode(bytes, from, to)
    known[slot] = { bytes: Uint8Array.prototype.slice.call(bytes, from, to), text }
    return text
  }
}

/** As `knownTexts`, in four numbers each: nearly all that a row of facts has are ids. */
function knownUuids() {
  const known = new Int32Array(slots * 4)
  const texts = new Array<string | undefined>(slots)
  return (bytes: Buffer, from: number): string => {
    const [a, b, c, d] = [
      int32(bytes, from),
      int32(bytes, from + 4),
      int32(bytes, from + 8),
      int32(bytes, from + 12),
    ]
    const hash = Math.imul(Math.imul(Math.imul(a, 31) + b, 31) + c, 31) + d
    const slot = (hash ^ (hash >>> 15)) & (slots - 1)
    const at = slot * 4
    const there = texts[slot]
    if (
      there !== undefined &&
      known[at] === a &&
      known[at + 1] === b &&
      known[at + 2] === c &&
      known[at + 3] === d
    )
      return there
    const text = uuidText(bytes, from)
    known[at] = a
    known[at + 1] = b
    known[at + 2] = c
    known[at + 3] = d
    texts[slot] = text
    return text
  }
}

const written = Buffer.alloc(36)

/** Written in one piece: a text joined of five is looked up more slowly, every time. */
function uuidText(bytes: Buffer, from: number): string {
  const hex = bytes.toString('hex', from, from + 16)
  written.write(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
    'latin1',
  )
  return written.toString('latin1')
}

function same(known: Uint8Array, bytes: Buffer, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false
  return true
}
