import { isBlank } from '../header.ts'
import { FileRefusal } from '../refusal.ts'
import type { Cell, Limits, TableRow } from '../table.ts'
import type { Archive } from './archive.ts'
import { isoCell, numberCell } from './cell-value.ts'
import { attribute, partTexts } from './part.ts'
import { unescapeCharacters } from './shared-texts.ts'
import type { NumberStyle } from './styles.ts'
import { createXmlScanner, namespaces, readAttributes } from './xml.ts'

export interface SheetContext {
  archive: Archive
  part: string
  sheetName: string
  texts: string[]
  styles: NumberStyle[]
  from1904: boolean
  takeCachedValues: boolean
  limits: Limits
  /** Changes a row of so many before it is given out; a row left blank is not. */
  finish: (row: number, cells: Cell[]) => void
  onCachedValue: () => void
}

/** A chunk holds about so many rows, and never so many cells that memory would feel it. */
const CHUNK_ROWS = 2000
const CHUNK_CELLS = 100_000

export async function* sheetRows(
  context: SheetContext,
  progress?: (bytes: number) => void,
): AsyncGenerator<TableRow[]> {
  let rows: TableRow[] = []
  let cells = 0
  const reader = rowReader(context, (row) => {
    rows.push(row)
    cells += row.cells.length
  })
  const scanner = createXmlScanner(context.part, namespaces.sheet, reader)
  for await (const text of partTexts(context.archive, context.part, progress)) {
    scanner.write(text)
    if (rows.length >= CHUNK_ROWS || cells >= CHUNK_CELLS) {
      yield rows
      rows = []
      cells = 0
    }
  }
  scanner.end()
  if (rows.length > 0) yield rows
}

/** Builds rows from the elements row, c, f, v, is, t; anything else of the sheet is passed over. */
function rowReader(context: SheetContext, give: (row: TableRow) => void) {
  const { limits } = context
  let line = 0
  let cells: Cell[] = []
  let inRow = false
  let inCell = false
  let inReading = false
  let column = -1
  let type = ''
  let style = 0
  let formula = false
  let text = ''

  function openRow(tag: string): void {
    const number = Number(attribute(tag, 'r') ?? line + 1)
    if (!Number.isInteger(number) || number <= line) throw refusal('damaged_part', `row ${number}`)
    line = number
    if (line > limits.sheetRows) throw refusal('too_many_rows', limits.sheetRows)
    cells = []
    column = -1
    inRow = true
  }

  function openCell(tag: string): void {
    column++
    type = ''
    style = 0
    formula = false
    text = ''
    inCell = true
    if (!takeShortAttributes(tag)) takeAttributes(readAttributes(tag, context.part))
  }

  /** The usual ` r="A1" s="4" t="s"`, without a list of its parts; false for any other form. */
  function takeShortAttributes(tag: string): boolean {
    for (let at = 0; at < tag.length; at++) {
      if (tag.charCodeAt(at) === SPACE) continue
      const end = tag.indexOf('"', at + 3)
      if (tag.charCodeAt(at + 1) !== EQUALS || tag.charCodeAt(at + 2) !== QUOTE || end < 0) return false
      const name = tag.charCodeAt(at)
      if (name === LETTER_R) column = columnOf(tag, at + 3, end)
      else if (name === LETTER_S) style = digits(tag, at + 3, end)
      else if (name === LETTER_T) type = tag.slice(at + 3, end)
      at = end
    }
    return true
  }

  function takeAttributes(attributes: string[]): void {
    for (let i = 0; i < attributes.length; i += 2) {
      const value = attributes[i + 1] ?? ''
      if (attributes[i] === 'r') column = columnOf(value, 0, value.length)
      else if (attributes[i] === 's') style = digits(value, 0, value.length)
      else if (attributes[i] === 't') type = value
    }
  }

  /** 0-based column of a reference such as `AB12`, which must name this row. */
  function columnOf(source: string, from: number, to: number): number {
    let at = from
    let index = 0
    for (; at < to && source.charCodeAt(at) >= LETTER_A; at++)
      index = index * 26 + source.charCodeAt(at) - LETTER_A + 1
    if (at === from || at > from + 3 || index > SHEET_COLUMNS || digits(source, at, to) !== line) {
      throw refusal('damaged_part', source.slice(from, to))
    }
    return index - 1
  }

  function closeCell(): void {
    inCell = false
    if (text === '' && !formula) return
    const cell = cellValue()
    if (isBlank(cell)) return
    if (column >= limits.columns) throw refusal('too_many_columns', limits.columns)
    if (!isBlank(cells[column])) throw refusal('damaged_part', `column ${column + 1} twice`)
    while (cells.length < column) cells.push(null)
    cells[column] = cell
  }

  function cellValue(): Cell {
    if (formula && !context.takeCachedValues) return { fault: 'formula', text: clip(cachedText()) }
    if (formula) context.onCachedValue()
    switch (type) {
      case 's':
        return textCell(sharedText())
      case 'inlineStr':
      case 'str':
        return textCell(unescapeCharacters(text))
      case 'b':
        return text === '1' || text === 'true'
      case 'e':
        return { fault: 'error', text: clip(text) }
      case 'd':
        return isoCell(text)
      default:
        return text === '' ? null : numberCell(text, context.styles[style], context.from1904)
    }
  }

  function cachedText(): string {
    if (type === 's') return sharedText()
    if (type !== '' && type !== 'n') return text
    const cell = numberCell(text, context.styles[style], context.from1904)
    return typeof cell === 'object' && cell !== null && 'date' in cell ? cell.date : text
  }

  function sharedText(): string {
    const found = /^\d+$/.test(text) ? context.texts[Number(text)] : undefined
    if (found === undefined) throw refusal('no_such_text', clip(text))
    return found
  }

  function textCell(value: string): Cell {
    if (value.length > limits.cellChars) return { fault: 'too_long', text: clip(value) }
    return value.includes('\0') ? { fault: 'nul', text: clip(value).replaceAll('\0', '␀') } : value
  }

  function closeRow(): void {
    inRow = false
    context.finish(line, cells)
    if (!cells.every(isBlank)) give({ line, cells })
  }

  function refusal(code: ConstructorParameters<typeof FileRefusal>[0], detail: string | number): FileRefusal {
    return new FileRefusal(code, detail, { sheet: context.sheetName, line })
  }

  const listener = {
    listening: false,
    open(name: string, tag: string) {
      if (name === 'c') {
        if (inRow) openCell(tag)
      } else if (name === 'v') listener.listening = inCell
      else if (name === 'row') openRow(tag)
      else if (name === 'f') formula ||= inCell
      else if (name === 't') listener.listening = inCell && !inReading
      else if (name === 'rPh') inReading = true
    },
    close(name: string) {
      if (name === 'v' || name === 't') listener.listening = false
      else if (name === 'c') {
        if (inCell) closeCell()
      } else if (name === 'row') closeRow()
      else if (name === 'rPh') inReading = false
    },
    text(piece: string) {
      if (text.length <= limits.cellChars) text += piece
    },
  }
  return listener
}

const SPACE = 32
const QUOTE = 34
const EQUALS = 61
const LETTER_A = 65
const LETTER_R = 114
const LETTER_S = 115
const LETTER_T = 116
const SHEET_COLUMNS = 16_384

/** The number that a stretch of digits writes; NaN for anything else. */
function digits(source: string, from: number, to: number): number {
  let number = from < to ? 0 : Number.NaN
  for (let at = from; at < to; at++) {
    const digit = source.charCodeAt(at) - 48
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN
  }
  return number
}

function clip(text: string): string {
  return text.slice(0, 200)
}
