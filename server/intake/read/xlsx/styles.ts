import { FileRefusal } from '../refusal.ts'
import type { Archive } from './archive.ts'
import { attribute, scanPart } from './part.ts'
import { namespaces } from './xml.ts'

/** How a number is meant, by the format of its cell; `padded` shows so many digits at least. */
export type NumberStyle =
  | { kind: 'plain' | 'date' | 'elapsed' | 'percent' }
  | { kind: 'padded'; digits: number }

/** As many as Excel can keep. */
const CELL_FORMATS = 65_490

export const plainStyle: NumberStyle = { kind: 'plain' }

/** The number style of each cell format, by its index. */
export async function readStyles(archive: Archive, part: string | null): Promise<NumberStyle[]> {
  if (!part) return []
  const codes = new Map<number, string>()
  const styles: NumberStyle[] = []
  let inCellFormats = false
  await scanPart(archive, part, namespaces.sheet, {
    listening: false,
    text() {},
    open(name, tag) {
      if (name === 'numFmt') {
        codes.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '')
      } else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        if (styles.length >= CELL_FORMATS) throw new FileRefusal('damaged_part', `${part}: cellXfs`)
        const id = Number(attribute(tag, 'numFmtId') ?? 0)
        styles.push(numberStyle(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return styles
}

/** Formats 27–36 and 50–58 are the dates of Chinese Excel, which writes no code for them. */
function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code !== undefined) return styleOfCode(code)
  if (id === 46) return { kind: 'elapsed' }
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) {
    return { kind: 'date' }
  }
  return { kind: id === 9 || id === 10 ? 'percent' : 'plain' }
}

function styleOfCode(code: string): NumberStyle {
  // Quoted and escaped text, padding and fill characters mean nothing; neither do the sections for negatives and texts.
  const bare = code.replace(/"[^"]*"|\\.|[_*]./gs, '').split(';')[0] ?? ''
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return { kind: 'elapsed' }
  const letters = bare.replace(/\[[^\]]*\]/g, '').replace(/general|e[+-]/gi, '')
  if (/[ymdhse]/i.test(letters)) return { kind: 'date' }
  if (letters.includes('%')) return { kind: 'percent' }
  return /^0{2,}$/.test(letters) ? { kind: 'padded', digits: letters.length } : { kind: 'plain' }
}
