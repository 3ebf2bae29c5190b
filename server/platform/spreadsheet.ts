import {
  contentTypes,
  packageRelations,
  type SheetPart,
  workbookPart,
  workbookRelations,
} from './spreadsheet-parts.ts'
import { sheetStyles } from './spreadsheet-styles.ts'
import { displayWidth } from './spreadsheet-text.ts'
import { sheetEnd, sheetRow, sheetStart } from './spreadsheet-xml.ts'
import { writeZip, type ZipWriter } from './spreadsheet-zip.ts'

export { type CsvValue, csvLine, displayWidth, plainText, safeText } from './spreadsheet-text.ts'

/** A cell to write; a date is a calendar time `YYYY-MM-DDTHH:mm:ss.SSS` without a zone. */
export type SheetCell = string | number | boolean | null | undefined | { date: string }

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
  const formats = sheet.columns.map(({ format }) => styles.indexOf({ format }))
  const dates = sheet.columns.map(({ format }) => styles.indexOf({ format: format ?? 'yyyy-mm-dd hh:mm:ss' }))
  const header = styles.indexOf({ bold: true })
  let next = await rows.next()
  let continued = 0
  do {
    const part: SheetPart = {
      name: sheetName(sheet.name, continued++, parts),
      columns: sheet.columns.length,
      headerRow,
      lastRow: headerRow,
    }
    parts.push(part)
    await zip.add(`xl/worksheets/sheet${parts.length}.xml`, texts(part))
  } while (!next.done)

  async function* texts(part: SheetPart): AsyncGenerator<string> {
    let text = sheetStart(sheet.columns.map(columnWidth), headerRow)
    text += sheetRow(
      headerRow,
      sheet.columns.map((column) => column.header),
      () => header,
    )
    while (!next.done && part.lastRow < LAST_ROW) {
      part.lastRow++
      text += sheetRow(
        part.lastRow,
        next.value,
        (cell, column) => (isDate(cell) ? dates[column] : formats[column]) ?? 0,
      )
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

function isDate(cell: SheetCell): boolean {
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
