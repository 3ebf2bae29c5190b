import { createDecoder, NotInEncoding } from './decode.ts'
import { type Encoding, firstBadByte, hexadecimal, lineOfByte } from './encoding.ts'
import { filePieces } from './file-pieces.ts'
import { FileRefusal } from './refusal.ts'

/** The text of a file in pieces; a byte that is not of the encoding refuses the file and names line and byte. */
export async function* textPieces(
  path: string,
  encoding: Encoding,
  progress: (bytes: number) => void = () => {},
): AsyncGenerator<string> {
  const decoder = createDecoder(encoding.label)
  let bytes = encoding.markBytes
  try {
    for await (const piece of filePieces(path, undefined, encoding.markBytes)) {
      bytes += piece.length
      const text = decoder.write(piece)
      progress(bytes)
      yield text
    }
    yield decoder.end()
  } catch (error) {
    if (!(error instanceof NotInEncoding)) throw error
    throw await wrongByte(path, encoding)
  }
}

async function wrongByte(path: string, encoding: Encoding): Promise<FileRefusal> {
  const byte = await findWrongByte(path, encoding)
  const place = { line: await lineOfByte(path, byte) }
  return new FileRefusal('not_in_encoding', `${encoding.label.toUpperCase()} · ${hexadecimal(byte)}`, place)
}

/** Reads again line by line, as every character starts anew after a line end; UTF-16 is searched unit by unit. */
async function findWrongByte(path: string, { label, markBytes }: Encoding): Promise<number> {
  let rest: Buffer = Buffer.alloc(0)
  let start = markBytes
  for await (const piece of filePieces(path, undefined, markBytes)) {
    const all = Buffer.concat([rest, piece])
    const lineEnd = label.startsWith('utf-16') ? all.length - (all.length % 2) : all.lastIndexOf(10) + 1
    const cut = lineEnd > 0 && lineEnd < all.length ? lineEnd : all.length
    const bad = wrongByteOf(all.subarray(0, cut), label)
    if (bad !== null) return start + bad
    rest = Buffer.from(all.subarray(cut))
    start += cut
  }
  return start
}

function wrongByteOf(bytes: Buffer, label: string): number | null {
  const bad = firstBadByte(bytes, label)
  if (bad >= 0) return bad
  return endsWell(bytes, label) ? null : bytes.length - 1
}

function endsWell(bytes: Buffer, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
