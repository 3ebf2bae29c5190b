import type { Reader, Writer } from './bytes.ts'

/**
 * An exact sum of squares in four numbers of a flat array, each the next 24 bits: a double would lose digits above
 * 2^53, a big integer per share is slow. Exact for values below 2^48 (ms: 8,900 years) and 16 million of them.
 */
const base = 2 ** 24
const squareFits = 94_906_265

export function addSquare(into: Float64Array, at: number, value: number, sign: 1 | -1): void {
  const size = value < 0 ? -value : value
  if (size < 4096) {
    into[at]! += sign * size * size
    return
  }
  if (size < squareFits) {
    const square = size * size
    const high = Math.floor(square / base)
    into[at]! += sign * (square - high * base)
    into[at + 1]! += sign * high
    return
  }
  const high = Math.floor(size / base)
  const low = size - high * base
  const lows = low * low
  const mixed = 2 * high * low
  const highs = high * high
  into[at]! += sign * (lows % base)
  into[at + 1]! += sign * (Math.floor(lows / base) + (mixed % base))
  into[at + 2]! += sign * (Math.floor(mixed / base) + (highs % base))
  into[at + 3]! += sign * Math.floor(highs / base)
}

/** Carries what is over 24 bits: the same sum then always stands in the same four numbers. */
export function settleSquares(from: Float64Array, at: number): void {
  for (let i = at; i < at + 3; i++) {
    const over = Math.floor(from[i]! / base)
    from[i]! -= over * base
    from[i + 1]! += over
  }
}

/** Settled squares: length and sign in a byte, then the bytes, the lowest first. */
export function packSquares(out: Writer, from: Float64Array, at: number): void {
  const head = out.at++
  // All but the highest lie in 0…base, so the highest alone tells the sign.
  const negative = from[at + 3]! < 0
  if (negative) {
    for (let rest = -squaresIn(from, at); rest > 0n; rest >>= 8n) out.bytes[out.at++] = Number(rest & 255n)
  } else {
    let high = at + 3
    while (high > at && from[high] === 0) high--
    for (let i = at; i < high; i++) {
      const bits = from[i]!
      out.bytes[out.at++] = bits
      out.bytes[out.at++] = bits >> 8
      out.bytes[out.at++] = bits >> 16
    }
    for (let rest = from[high]!; rest > 0; rest = Math.floor(rest / 256)) out.bytes[out.at++] = rest % 256
  }
  out.bytes[head] = (out.at - head - 1) * 2 + (negative ? 1 : 0)
}

const eight = new DataView(new ArrayBuffer(8))

/** Of a settled sum or not; two of the four numbers fit a double together. */
export function squaresIn(from: Float64Array, at: number): bigint {
  const low = from[at]! + from[at + 1]! * base
  const high = from[at + 2]! + from[at + 3]! * base
  if (high === 0) return BigInt(low)
  if (low < 0 || low >= 2 ** 48 || high < 0 || high >= 2 ** 16) return BigInt(low) + (BigInt(high) << 48n)
  // Most fit eight bytes, and so make one big number instead of four.
  eight.setUint32(0, low % 2 ** 32, true)
  eight.setUint32(4, Math.floor(low / 2 ** 32) + high * 2 ** 16, true)
  return eight.getBigUint64(0, true)
}

export function unpackSquares(reader: Reader, into: Float64Array, at: number): void {
  const head = reader.bytes[reader.at++] ?? 0
  const sign = head & 1 ? -1 : 1
  const end = reader.at + (head >> 1)
  for (let limb = 0; reader.at < end; limb++) {
    let part = 0
    // The highest takes all that is left.
    for (let scale = 1; reader.at < end && (scale < base || limb === 3); scale *= 256)
      part += reader.bytes[reader.at++]! * scale
    into[at + limb]! += sign * part
  }
}
