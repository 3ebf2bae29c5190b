import type { NotedCell, SheetCell, SheetValue } from './spreadsheet.ts'
import type { SheetPart } from './spreadsheet-parts.ts'
import { safeText } from './spreadsheet-text.ts'

const CELL_CHARS = 32_767

/** All of a sheet that stands before its rows. */
export function sheetStart(widths: number[], headerRow: number): string {
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  )
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerRow}" topLeftCell="A${headerRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>${
    columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''
  }<sheetData>`
}

export function sheetEnd({ columns, headerRow, lastRow, notes }: SheetPart): string {
  const filter =
    columns > 0 ? `<autoFilter ref="A${headerRow}:${columnLetters(columns - 1)}${lastRow}"/>` : ''
  return `</sheetData>${filter}<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>${notes.length > 0 ? '<legacyDrawing r:id="rId1"/>' : ''}</worksheet>`
}

export function sheetRow(
  row: number,
  cells: readonly SheetCell[],
  styleOf: (value: SheetValue, column: number, noted: boolean) => number,
  onNote?: (cell: NotedCell, column: number) => void,
): string {
  let xml = `<row r="${row}">`
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column]
    const noted = isNoted(cell)
    const value = noted ? cell.value : cell
    if (noted) onNote?.(cell, column)
    if (value !== null && value !== undefined && value !== '')
      xml += cellXml(row, column, value, styleOf(value, column, noted))
    // Of the empty cells only a noted one is seen.
    else if (noted) xml += `<c r="${columnLetters(column)}${row}" s="${styleOf(value, column, noted)}"/>`
  }
  return `${xml}</row>`
}

const isNoted = (cell: SheetCell): cell is NotedCell =>
  typeof cell === 'object' && cell !== null && 'note' in cell

function cellXml(row: number, column: number, cell: NonNullable<SheetValue>, style: number): string {
  const start = `<c r="${columnLetters(column)}${row}"${style > 0 ? ` s="${style}"` : ''}`
  if (typeof cell === 'number') return Number.isFinite(cell) ? `${start}><v>${cell}</v></c>` : ''
  if (typeof cell === 'boolean') return `${start} t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'string') return textXml(start, cell)
  const serial = calendarSerial(cell.date)
  return serial === null ? textXml(start, cell.date.replace('T', ' ')) : `${start}><v>${serial}</v></c>`
}

function textXml(start: string, text: string): string {
  const safe = safeText(text)
  const clipped = safe.length > CELL_CHARS ? `${safe.slice(0, CELL_CHARS - 1)}…` : safe
  const space = /^\s|\s$|\n/.test(clipped) ? ' xml:space="preserve"' : ''
  return `${start} t="inlineStr"><is><t${space}>${escapeXml(escapeCharacters(clipped))}</t></is></c>`
}

/** Days from 1899-12-30, or null for a time before March 1900, which Excel counts wrongly. */
function calendarSerial(date: string): number | null {
  const ms = Date.parse(`${date}Z`) - Date.UTC(1899, 11, 30)
  const serial = ms / 86_400_000
  return serial >= 61 ? serial : null
}

/** Characters that XML cannot hold as `_x0001_`, and what looks like such an escape, so that all come back. */
function escapeCharacters(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /(?![\t\n])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu,
      (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
}

export function escapeXml(text: string): string {
  if (!/[&<>"]/.test(text)) return text
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const letters: string[] = []

/** `AB` of column 27. */
export function columnLetters(index: number): string {
  const known = letters[index]
  if (known !== undefined) return known
  const last = String.fromCharCode(65 + (index % 26))
  const name = index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last
  letters[index] = name
  return name
}
