import { isBlank } from '../header.ts'
import { FileRefusal } from '../refusal.ts'
import type { Cell } from '../table.ts'
import type { Area } from './outline.ts'

interface OpenArea extends Area {
  value: Cell
}

/**
 * Fills the value of each merged area into the blank cells it covers, row by row downwards. A row that holds nothing of
 * its own stays blank: it is the lower half of the row above, not a row.
 */
export function mergeFiller(areas: Area[], columns: number) {
  const waiting = areas
    .filter((area) => area.firstColumn < columns)
    .toSorted((a, b) => a.firstRow - b.firstRow || a.firstColumn - b.firstColumn)
  let next = 0
  let open: OpenArea[] = []

  return function fill(row: number, cells: Cell[]): void {
    open = open.filter((area) => area.lastRow >= row)
    for (let area = waiting[next]; area && area.firstRow <= row; area = waiting[++next]) {
      if (area.lastRow < row) continue
      const value = area.firstRow === row ? (cells[area.firstColumn] ?? null) : null
      refuseCrossing(area, open)
      open.push({ ...area, value })
    }
    if (cells.every(isBlank)) return
    for (const area of open) {
      if (isBlank(area.value)) continue
      const last = Math.min(area.lastColumn, columns - 1)
      for (let column = area.firstColumn; column <= last; column++) {
        if (isBlank(cells[column])) cells[column] = area.value
      }
    }
  }
}

/** Areas of a sound workbook never cross; this also bounds how many can be open at once. */
function refuseCrossing(area: Area, open: Area[]): void {
  const crossed = open.some(
    (other) => other.firstColumn <= area.lastColumn && area.firstColumn <= other.lastColumn,
  )
  if (crossed) throw new FileRefusal('damaged_part', 'mergeCells', { line: area.firstRow })
}
