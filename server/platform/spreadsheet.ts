import { mostNotes, noteShapes, notesPart } from './spreadsheet-notes.ts'
import {
  contentTypes,
  packageRelations,
  type SheetPart,
  sheetRelations,
  workbookPart,
  workbookRelations,
} from './spreadsheet-parts.ts'
import { sheetStyles } from './spreadsheet-styles.ts'
import { displayWidth } from './spreadsheet-text.ts'
import { sheetEnd, sheetRow, sheetStart } from './spreadsheet-xml.ts'
import { writeZip, type ZipWriter } from './spreadsheet-zip.ts'

export { type CsvValue, csvLine, displayWidth, plainText, safeText } from './spreadsheet-text.ts'

/** What a cell holds; a date is a calendar time `YYYY-MM-DDTHH:mm:ss.SSS` without a zone. */
export type SheetValue = string | number | boolean | null | undefined | { date: string }
/** Filled, and says its note when pointed at. */
export interface NotedCell {
  value: SheetValue
  note: string
}
export type SheetCell = SheetValue | NotedCell

export interface SheetColumn {
  header: string
  /** In characters; from the header unless given. */
  width?: number
  /** Number format such as `0"分"` or `yyyy-mm-dd`. */
  format?: string
}

export interface SheetToWrite {
  name: string
  columns: SheetColumn[]
  rows: Iterable<SheetCell[]> | AsyncIterable<SheetCell[]>
  /** Row of the header, 1 unless given. */
  headerRow?: number
}

export interface WorkbookToWrite {
  sheets: SheetToWrite[]
}

const LAST_ROW = 1_048_576
const CHUNK_CHARS = 32 * 1024

/**
 * Writes a workbook row by row, so that memory does not grow with it: bold header, first rows frozen, filter on, header
 * repeated on each printed page (A4 landscape, fit to width). Texts are text cells and safe besides. A sheet that is full
 * goes on in another. The file appears only when whole.
 */
export async function writeXlsx(path: string, workbook: WorkbookToWrite): Promise<void> {
  await writeZip(path, async (zip) => {
    const parts: SheetPart[] = []
    const styles = sheetStyles()
    for (const sheet of workbook.sheets) await writeSheet(zip, sheet, styles, parts)
    await zip.add('xl/styles.xml', [styles.xml()])
    await zip.add('xl/workbook.xml', [workbookPart(parts)])
    await zip.add('xl/_rels/workbook.xml.rels', [workbookRelations(parts)])
    await zip.add('_rels/.rels', [packageRelations])
    await zip.add('[Content_Types].xml', [contentTypes(parts)])
  })
}

async function writeSheet(
  zip: ZipWriter,
  sheet: SheetToWrite,
  styles: ReturnType<typeof sheetStyles>,
  parts: SheetPart[],
): Promise<void> {
  const rows = rowsOf(sheet)
  const headerRow = sheet.headerRow ?? 1
  const plain = stylesOf(false)
  let marked: typeof plain | undefined
  const header = styles.indexOf({ bold: true })
  let next = await rows.next()
  let continued = 0
  do {
    const part: SheetPart = {
      name: sheetName(sheet.name, continued++, parts),
      columns: sheet.columns.length,
      headerRow,
      lastRow: headerRow,
      notes: [],
    }
    parts.push(part)
    const number = parts.length
    await zip.add(`xl/worksheets/sheet${number}.xml`, texts(part))
    if (part.notes.length > 0) {
      await zip.add(`xl/worksheets/_rels/sheet${number}.xml.rels`, [sheetRelations(number)])
      await zip.add(`xl/comments${number}.xml`, [notesPart(part.notes)])
      await zip.add(`xl/drawings/vmlDrawing${number}.vml`, [noteShapes(part.notes)])
    }
  } while (!next.done)

  function stylesOf(marks: boolean) {
    const indexOf = (format: string | undefined) => styles.indexOf({ format, marked: marks })
    return {
      others: sheet.columns.map(({ format }) => indexOf(format)),
      dates: sheet.columns.map(({ format }) => indexOf(format ?? 'yyyy-mm-dd hh:mm:ss')),
    }
  }

  function styleOf(value: SheetValue, column: number, noted: boolean): number {
    if (noted) marked ??= stylesOf(true)
    const { dates, others } = noted && marked ? marked : plain
    return (isDate(value) ? dates[column] : others[column]) ?? 0
  }

  async function* texts(part: SheetPart): AsyncGenerator<string> {
    let text = sheetStart(sheet.columns.map(columnWidth), headerRow)
    text += sheetRow(
      headerRow,
      sheet.columns.map((column) => column.header),
      () => header,
    )
    while (!next.done && part.lastRow < LAST_ROW) {
      part.lastRow++
      text += sheetRow(part.lastRow, next.value, styleOf, ({ note }, column) => {
        if (part.notes.length < mostNotes) part.notes.push({ row: part.lastRow, column, text: note })
      })
      if (text.length > CHUNK_CHARS) {
        yield text
        text = ''
      }
      next = await rows.next()
    }
    yield text + sheetEnd(part)
  }
}

async function* rowsOf({ rows }: SheetToWrite): AsyncGenerator<SheetCell[]> {
  yield* rows
}

function isDate(cell: SheetValue): boolean {
  return typeof cell === 'object' && cell !== null
}

function columnWidth({ header, width }: SheetColumn): number {
  return width ?? Math.min(60, Math.max(10, displayWidth(header) + 4))
}

/** At most 31 characters, without the seven that a sheet's name may not hold, and no two alike. */
function sheetName(wanted: string, continued: number, parts: SheetPart[]): string {
  const clean =
    wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'|'$/g, ' ')
      .trim() || 'Sheet'
  for (let count = continued; ; count++) {
    const ending = count === 0 ? '' : ` (${count + 1})`
    const name = clean.slice(0, 31 - ending.length) + ending
    if (!parts.some((part) => part.name.toLowerCase() === name.toLowerCase())) return name
  }
}
