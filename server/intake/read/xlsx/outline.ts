import { FileRefusal } from '../refusal.ts'
import type { Archive } from './archive.ts'
import { attribute, partTexts } from './part.ts'
import { isTrue } from './workbook.ts'
import { createXmlScanner, namespaces } from './xml.ts'

/** More than any sheet has, and as many as memory bears. */
const MERGED_AREAS = 200_000

/** 0-based columns, 1-based rows, both inclusive. */
export interface Area {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

export interface Outline {
  hasData: boolean
  hiddenRows: number
  /** 0-based, first and last. */
  hiddenColumns: [number, number][]
  merged: Area[]
}

/**
 * What stands around the rows of a sheet, read ahead of them: the merged areas come last in the file and are needed
 * first. The rows themselves are passed over, yet inflated and checked.
 */
export async function readOutline(archive: Archive, part: string): Promise<Outline> {
  const outline: Outline = { hasData: false, hiddenRows: 0, hiddenColumns: [], merged: [] }
  const scanner = createXmlScanner(part, namespaces.sheet, {
    listening: false,
    text() {},
    close() {},
    open(name, tag) {
      if (name === 'mergeCell') {
        const area = parseArea(attribute(tag, 'ref') ?? '')
        if (area) outline.merged.push(area)
        if (outline.merged.length > MERGED_AREAS) throw new FileRefusal('damaged_part', `${part}: mergeCells`)
      } else if (name === 'col' && isTrue(attribute(tag, 'hidden'))) {
        const [first, last] = [Number(attribute(tag, 'min')), Number(attribute(tag, 'max'))]
        if (last >= first) outline.hiddenColumns.push([first - 1, last - 1])
      }
    },
  })
  const rows = passOverRows(outline)
  for await (const text of partTexts(archive, part)) scanner.write(rows(text))
  scanner.write(rows(''))
  scanner.end()
  return outline
}

/** Leaves out what lies between the tags of sheetData, but for noting hidden rows and whether there is any value. */
function passOverRows(outline: Outline): (text: string) => string {
  let state: 'before' | 'rows' | 'behind' = 'before'
  let held = ''

  function lookAt(rows: string): void {
    outline.hasData ||= /<(?:\w+:)?[vt][\s>]/.test(rows)
    if (!rows.includes('hidden=')) return
    outline.hiddenRows += rows.match(/<(?:\w+:)?row\s[^<>]*\bhidden=["'](?:1|true)["']/g)?.length ?? 0
  }

  return function pass(piece: string): string {
    if (state === 'behind') return piece
    const text = held + piece
    held = ''
    if (state === 'before') {
      const opening = /<(?:\w+:)?sheetData\s*>/.exec(text)
      if (!opening) {
        // The tag may be cut in two; nothing more may come when the piece is empty.
        const less = piece === '' ? text.length : text.lastIndexOf('<')
        held = less < 0 ? '' : text.slice(less)
        return less < 0 ? text : text.slice(0, less)
      }
      state = 'rows'
      const end = opening.index + opening[0].length
      return text.slice(0, end) + pass(text.slice(end))
    }
    const closing = /<\/(?:\w+:)?sheetData\s*>/.exec(text)
    if (closing) {
      state = 'behind'
      lookAt(text.slice(0, closing.index))
      return text.slice(closing.index)
    }
    const less = piece === '' ? -1 : text.lastIndexOf('<')
    const cut = less < 0 || text.length - less > 1000 ? text.length : less
    held = text.slice(cut)
    lookAt(text.slice(0, cut))
    return ''
  }
}

function parseArea(reference: string): Area | null {
  const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference)
  if (!found) return null
  const [, firstColumn = '', firstRow, lastColumn = '', lastRow] = found
  return {
    firstRow: Number(firstRow),
    lastRow: Number(lastRow),
    firstColumn: columnIndex(firstColumn),
    lastColumn: columnIndex(lastColumn),
  }
}

/** 0-based index of a column's letters. */
function columnIndex(letters: string): number {
  let index = 0
  for (let i = 0; i < letters.length; i++) index = index * 26 + letters.charCodeAt(i) - 64
  return index - 1
}
