import { note } from './notes.ts'
import { FileRefusal } from './refusal.ts'
import type { Cell, Note, TableRow } from './table.ts'

export interface HeaderRow {
  line: number
  names: string[]
  /** Cells of the row, with those that have no name. */
  width: number
}

const LABEL_CHARS = 64

/** How many rows at the top may be titles. */
export const TOP_ROWS = 40

/**
 * The header among the first rows: the one of the wanted line, or the first in which two thirds of the used columns hold
 * short texts that are not all the same; a title over the table is thus passed over.
 */
export function findHeader(top: TableRow[], wanted: number | 'auto', notes: Note[]): HeaderRow {
  if (top.length === 0) throw new FileRefusal('no_rows')
  if (wanted !== 'auto') {
    const row = top.find(({ line }) => line === wanted)
    if (!row) throw new FileRefusal('no_such_row', wanted)
    return headerOf(row)
  }
  const used = usedColumns(top)
  const found = top.find((row) => looksLikeHeader(row.cells, used))
  const row = found ?? top[0]!
  if (!found) notes.push(note('header_guessed', { sample: String(row.line) }))
  const above = top.indexOf(row)
  if (above > 0) notes.push(note('title_rows', { count: above }))
  return headerOf(row)
}

function headerOf(row: TableRow): HeaderRow {
  const names = row.cells.map(labelText)
  while (names.length > 0 && names.at(-1) === '') names.pop()
  return { line: row.line, names, width: row.cells.length }
}

/** Columns that hold anything in one row out of ten at least: a stray remark at the side is no column. */
function usedColumns(top: TableRow[]): number {
  const filled: number[] = []
  for (const { cells } of top) {
    for (let i = 0; i < cells.length; i++) if (!isBlank(cells[i])) filled[i] = (filled[i] ?? 0) + 1
  }
  return filled.filter((count) => count * 10 >= top.length).length
}

function looksLikeHeader(cells: Cell[], used: number): boolean {
  const labels = cells.filter(isLabel).map(labelText)
  if (labels.length * 3 < used * 2) return false
  return used < 2 || new Set(labels).size > 1
}

function isLabel(cell: Cell): boolean {
  if (typeof cell !== 'string') return false
  const text = cell.trim()
  // A number or a time stands in the rows, not above them.
  return text !== '' && text.length <= LABEL_CHARS && !/^[\d\s.,:/%+-]+$/.test(text)
}

export function labelText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell).trim()
  return 'date' in cell ? cell.date : cell.text.trim()
}

export function isBlank(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || cell === ''
}
