import type { ColumnType } from './fact-table.ts'

export interface CopyColumn {
  name: string
  /** A day is the number of days since 1970. */
  type: ColumnType | 'bytes' | 'day'
}

type CopyValue = string | number | boolean | Uint8Array | null
export type CopyRow = Record<string, CopyValue>

/** Bytes handed over at once. */
const pieceBytes = 1 << 16
/** Signature, flags, length of a header extension. */
const header = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
const trailerBytes = 2

/**
 * Rows in COPY's binary form: times and ids need not be written out here and read there. A decimal goes as its text, so
 * its column has to take one.
 */
export function* copyBytes(rows: readonly CopyRow[], columns: readonly CopyColumn[]): Generator<Buffer> {
  let piece = openPiece(pieceBytes)
  let at = header.copy(piece.bytes)
  for (const row of rows) {
    const most = mostBytes(row, columns) + trailerBytes
    if (at + most > piece.bytes.length) {
      yield piece.bytes.subarray(0, at)
      piece = openPiece(Math.max(pieceBytes, most))
      at = 0
    }
    at = putRow(piece, at, row, columns)
  }
  piece.view.setInt16(at, -1)
  yield piece.bytes.subarray(0, at + trailerBytes)
}

interface Piece {
  bytes: Buffer
  view: DataView
}

function openPiece(size: number): Piece {
  const bytes = Buffer.allocUnsafeSlow(size)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, size) }
}

/** A value takes 20 bytes at most; a text four for its length and three for each of its letters, bytes one each. */
function mostBytes(row: CopyRow, columns: readonly CopyColumn[]): number {
  let most = 2 + 20 * columns.length
  for (const { name } of columns) {
    const value = row[name]
    if (typeof value === 'string') most += 3 * value.length
    else if (value instanceof Uint8Array) most += value.length
  }
  return most
}

function putRow(piece: Piece, from: number, row: CopyRow, columns: readonly CopyColumn[]): number {
  piece.view.setInt16(from, columns.length)
  let at = from + 2
  for (const { name, type } of columns) at = putValue(piece, at, row[name], type)
  return at
}

function putValue(
  { bytes, view }: Piece,
  at: number,
  value: CopyValue | undefined,
  type: CopyColumn['type'],
): number {
  if (value === null || value === undefined) {
    view.setInt32(at, -1)
    return at + 4
  }
  const size = putBytes(bytes, view, at + 4, value, type)
  view.setInt32(at, size)
  return at + 4 + size
}

/** Returns how many bytes it put. */
function putBytes(
  bytes: Buffer,
  view: DataView,
  at: number,
  value: string | number | boolean | Uint8Array,
  type: CopyColumn['type'],
): number {
  switch (type) {
    case 'uuid':
      putUuid(bytes, at, String(value))
      return 16
    case 'instant': {
      const microseconds = (Number(value) - year2000) * 1000
      view.setInt32(at, Math.floor(microseconds / 2 ** 32))
      view.setUint32(at + 4, microseconds)
      return 8
    }
    case 'int':
      view.setInt32(at, Number(value))
      return 4
    case 'day':
      view.setInt32(at, Number(value) - year2000 / dayMs)
      return 4
    case 'bool':
    case 'verdict':
      bytes[at] = value === true ? 1 : 0
      return 1
    case 'bytes':
      bytes.set(value as Uint8Array, at)
      return (value as Uint8Array).length
    default:
      return bytes.write(String(value), at)
  }
}

/** PostgreSQL counts microseconds and days from the year 2000. */
const year2000 = Date.UTC(2000, 0, 1)
const dayMs = 86_400_000

function putUuid(bytes: Buffer, from: number, uuid: string): void {
  let at = from
  for (let i = 0; i < uuid.length; i += 2) {
    if (uuid.charCodeAt(i) === dash) i++
    bytes[at++] = (nibbles[uuid.charCodeAt(i)]! << 4) | nibbles[uuid.charCodeAt(i + 1)]!
  }
}

const dash = 45
const nibbles = Uint8Array.from({ length: 128 }, (_, code) => {
  const nibble = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(nibble) ? 0 : nibble
})
