import { isUtf8 } from 'node:buffer'
import { completeUtf8, createDecoder, NotInEncoding } from './decode.ts'
import { filePieces } from './file-pieces.ts'
import { FileRefusal } from './refusal.ts'

export interface Encoding {
  /** As the platform's decoder names it: utf-8, utf-16le, utf-16be, gb18030, big5 … */
  label: string
  /** Bytes of the mark at the start. */
  markBytes: number
  guessed: boolean
}

/** The encoding asked for, or the one the whole file is in; refuses a file that is in none or in two. */
export async function findEncoding(path: string, wanted: string): Promise<Encoding> {
  const marked = await byteOrderMark(path)
  if (wanted !== 'auto') {
    const label = decoderLabel(wanted)
    return { label, markBytes: marked?.label === label ? marked.markBytes : 0, guessed: false }
  }
  if (marked) return marked
  const utf8 = await checkUtf8(path)
  if (utf8.valid) return { label: 'utf-8', markBytes: 0, guessed: false }
  if (utf8.charactersBefore > 3) {
    const place = { line: await lineOfByte(path, utf8.badByte) }
    throw new FileRefusal('mixed_encodings', `UTF-8 · ${hexadecimal(utf8.badByte)}`, place)
  }
  const label = await guessChinese(path)
  if (label === 'gb18030') await refuseUtf8Lines(path)
  return { label, markBytes: 0, guessed: true }
}

/** The platform's own name of a label a person may write, `GBK` or `UTF8`. */
function decoderLabel(wanted: string): string {
  try {
    const label = new TextDecoder(wanted).encoding
    return label === 'gbk' ? 'gb18030' : label
  } catch {
    throw new FileRefusal('unknown_encoding', wanted)
  }
}

async function byteOrderMark(path: string): Promise<Encoding | null> {
  for await (const piece of filePieces(path, 4)) {
    if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) {
      return { label: 'utf-8', markBytes: 3, guessed: false }
    }
    if (piece[0] === 0xff && piece[1] === 0xfe) return { label: 'utf-16le', markBytes: 2, guessed: false }
    if (piece[0] === 0xfe && piece[1] === 0xff) return { label: 'utf-16be', markBytes: 2, guessed: false }
    return null
  }
  return null
}

interface Utf8Check {
  valid: boolean
  badByte: number
  /** Characters of three or more bytes before the bad byte: enough of them mean that UTF-8 it was. */
  charactersBefore: number
}

async function checkUtf8(path: string): Promise<Utf8Check> {
  let rest: Buffer = Buffer.alloc(0)
  let offset = 0
  let characters = 0
  for await (const piece of filePieces(path)) {
    const all = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
    const cut = completeUtf8(all)
    const whole = all.subarray(0, cut)
    if (!isUtf8(whole)) {
      const bad = firstBadByte(whole, 'utf-8')
      return {
        valid: false,
        badByte: offset + bad,
        charactersBefore: characters + wideCharacters(whole, bad),
      }
    }
    if (characters < 10) characters += wideCharacters(whole, cut)
    rest = Buffer.from(all.subarray(cut))
    offset += cut
  }
  return { valid: rest.length === 0, badByte: offset, charactersBefore: characters }
}

function wideCharacters(bytes: Uint8Array, until: number): number {
  let count = 0
  for (let i = 0; i < until; i++) if ((bytes[i] ?? 0) >= 0xe0) count++
  return count
}

/**
 * Which of the encodings whose bytes overlap with GB18030 a sample looks like. Trail bytes tell: Chinese text of the
 * mainland rarely has any in the ASCII range, Big5 has them in two of five characters, and a Western text has nothing
 * else.
 */
async function guessChinese(path: string): Promise<'gb18030' | 'big5'> {
  let pairs = 0
  let lowTrails = 0
  let big5Trails = 0
  for await (const piece of filePieces(path)) {
    for (let i = 0; i < piece.length - 1 && pairs < 20_000; i++) {
      const lead = piece[i] ?? 0
      if (lead < 0x81) continue
      const trail = piece[++i] ?? 0
      if (trail >= 0x30 && trail <= 0x39) continue
      pairs++
      if (trail > 0x7e) continue
      lowTrails++
      if (lead >= 0xa4 && lead <= 0xc6) big5Trails++
    }
    if (pairs >= 20_000) break
  }
  if (pairs < 4) return 'gb18030'
  if (big5Trails > pairs * 0.15 && big5Trails > lowTrails * 0.5 && lowTrails < pairs * 0.8) {
    if (await decodes(path, 'big5')) return 'big5'
  }
  if (lowTrails > pairs * 0.6) throw new FileRefusal('unclear_encoding')
  return 'gb18030'
}

async function decodes(path: string, label: string): Promise<boolean> {
  const decoder = createDecoder(label)
  try {
    for await (const piece of filePieces(path)) decoder.write(piece)
    decoder.end()
    return true
  } catch (error) {
    if (error instanceof NotInEncoding) return false
    throw error
  }
}

/** A line of GB18030 text that happens to be valid UTF-8 with four Chinese characters: one in tens of millions. */
async function refuseUtf8Lines(path: string): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  let line = 0
  for await (const piece of filePieces(path)) {
    const all = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
    let start = 0
    for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, start)) {
      line++
      const bytes = all.subarray(start, end)
      if (isUtf8(bytes) && wideCharacters(bytes, bytes.length) > 3) {
        throw new FileRefusal('mixed_encodings', 'GB18030 · UTF-8', { line })
      }
      start = end + 1
    }
    // A piece without a line end is no text table; what it holds need not be kept for this check.
    rest = all.length - start > 2 ** 20 ? Buffer.alloc(0) : Buffer.from(all.subarray(start))
  }
}

/** Index of the first byte that cannot stand where it is, or -1; the bytes must start with a whole character. */
export function firstBadByte(bytes: Buffer, label: string): number {
  if (isPrefix(bytes, label)) return -1
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isPrefix(bytes.subarray(0, middle), label)) good = middle
    else bad = middle
  }
  return good
}

function isPrefix(bytes: Buffer, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

export async function lineOfByte(path: string, byte: number): Promise<number> {
  let offset = 0
  let feeds = 0
  let returns = 0
  for await (const piece of filePieces(path)) {
    for (let i = 0; i < piece.length && offset + i < byte; i++) {
      if (piece[i] === 10) feeds++
      else if (piece[i] === 13) returns++
    }
    offset += piece.length
    if (offset >= byte) break
  }
  return 1 + (feeds || returns)
}

export function hexadecimal(byte: number): string {
  return `0x${byte.toString(16).toUpperCase()}`
}
