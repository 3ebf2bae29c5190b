import { FileRefusal } from '../refusal.ts'
import type { Limits } from '../table.ts'
import type { Archive } from './archive.ts'
import { scanPart } from './part.ts'
import { namespaces } from './xml.ts'

const TEXTS = 3_000_000

/** The workbook's table of texts; runs of a rich text are joined, readings (furigana, pinyin) left out. */
export async function readSharedTexts(
  archive: Archive,
  part: string | null,
  limits: Limits,
): Promise<string[]> {
  if (!part) return []
  const texts: string[] = []
  let text = ''
  let inReading = false
  const listener = {
    listening: false,
    open(name: string) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') listener.listening = !inReading
    },
    close(name: string) {
      if (name === 't') listener.listening = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        if (texts.length >= TEXTS) throw new FileRefusal('too_many_texts', TEXTS)
        texts.push(ownCopy(unescapeCharacters(text)))
      }
    },
    text(piece: string) {
      // One over the limit is kept, so that the cell that shows it is faulted.
      if (text.length <= limits.cellChars) text += piece
    },
  }
  await scanPart(archive, part, namespaces.sheet, listener)
  return texts
}

/** A slice would keep the whole piece of XML in memory, three times the size of its texts. */
function ownCopy(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}

/** `_x000D_` stands for a character that XML cannot hold. */
export function unescapeCharacters(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
}
