/** Bytes written one after the other; `room` is asked for before they are. */
export interface Writer {
  bytes: Uint8Array
  at: number
  room(size: number): void
  /** A copy of what was written. */
  taken(): Buffer
}

export interface Reader {
  bytes: Uint8Array
  at: number
}

export function writer(): Writer {
  const self: Writer = {
    bytes: new Uint8Array(1 << 16),
    at: 0,
    room: (size) => {
      if (self.at + size <= self.bytes.length) return
      const larger = new Uint8Array(Math.max(self.bytes.length * 2, self.at + size))
      larger.set(self.bytes)
      self.bytes = larger
    },
    taken: () => Buffer.from(self.bytes.subarray(0, self.at)),
  }
  return self
}

// Numbers below 2^53 as groups of seven bits, the lowest first; signed ones zigzag.
export function putWhole(out: Writer, value: number): void {
  let large = value
  while (large >= 2 ** 31) {
    out.bytes[out.at++] = (large % 128) + 128
    large = Math.floor(large / 128)
  }
  // Below 2^31 the same with whole-number instructions.
  let rest = large | 0
  while (rest >= 128) {
    out.bytes[out.at++] = (rest & 127) | 128
    rest >>= 7
  }
  out.bytes[out.at++] = rest
}

export const putSigned = (out: Writer, value: number): void =>
  putWhole(out, value < 0 ? -value * 2 - 1 : value * 2)

export function takeWhole(reader: Reader): number {
  let value = 0
  let scale = 1
  for (;;) {
    const byte = reader.bytes[reader.at++] ?? 0
    value += (byte & 127) * scale
    if (byte < 128) return value
    scale *= 128
  }
}

export function skipWhole(reader: Reader): void {
  while ((reader.bytes[reader.at++] ?? 0) >= 128);
}

export function takeSigned(reader: Reader): number {
  const value = takeWhole(reader)
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}
