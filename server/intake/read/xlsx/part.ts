import { createDecoder, type Decoder, NotInEncoding } from '../decode.ts'
import { FileRefusal } from '../refusal.ts'
import type { Archive } from './archive.ts'
import { createXmlScanner, readAttributes, type XmlListener } from './xml.ts'

/** Decoded text of a part, in pieces: UTF-8, or UTF-16 where its mark says so. */
export async function* partTexts(
  archive: Archive,
  name: string,
  progress?: (bytes: number) => void,
): AsyncGenerator<string> {
  let decoder: Decoder | null = null
  try {
    for await (const piece of archive.read(name, progress)) {
      decoder ??= partDecoder(piece, name)
      yield decoder.write(piece)
    }
    yield decoder?.end() ?? ''
  } catch (error) {
    if (error instanceof NotInEncoding) throw new FileRefusal('damaged_part', `${name}: UTF-8`)
    throw error
  }
}

function partDecoder(start: Buffer, name: string): Decoder {
  if (start[0] === 0xff && start[1] === 0xfe) return createDecoder('utf-16le')
  if (start[0] === 0xfe && start[1] === 0xff) return createDecoder('utf-16be')
  const declared = /^[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(
    start.subarray(0, 200).toString('latin1'),
  )?.[1]
  if (declared && !/^(?:utf-?8|us-ascii)$/i.test(declared)) {
    throw new FileRefusal('damaged_part', `${name}: ${declared}`)
  }
  return createDecoder('utf-8')
}

/** Reads a whole part through a listener. */
export async function scanPart(
  archive: Archive,
  name: string,
  known: readonly string[],
  listener: XmlListener,
): Promise<void> {
  const scanner = createXmlScanner(name, known, listener)
  for await (const text of partTexts(archive, name)) scanner.write(text)
  scanner.end()
}

/** Value of one attribute of a tag. */
export function attribute(tag: string, name: string): string | undefined {
  const attributes = readAttributes(tag, name)
  for (let i = 0; i < attributes.length; i += 2) if (attributes[i] === name) return attributes[i + 1]
  return undefined
}
