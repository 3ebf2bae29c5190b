import { inflateRawSync } from 'node:zlib'

/** The parts of a workbook as we write it, by the sizes in its directory. */
export function workbookParts(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  let at = bytes.readUInt32LE(bytes.length - 6)
  for (let count = bytes.readUInt16LE(bytes.length - 12); count > 0; count--) {
    const [packed, nameLength, offset] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const start = offset + 30 + nameLength
    parts.set(name, inflateRawSync(bytes.subarray(start, start + packed)).toString())
    at += 46 + nameLength
  }
  return parts
}
