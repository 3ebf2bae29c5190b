/** A cell by row and column, counted from 0; row -1 is the head. */
export interface Place {
  row: number
  column: number
}

/** A block of cells: where it was begun and where it reaches to. */
export interface Block {
  anchor: Place
  head: Place
}

export interface Span {
  top: number
  bottom: number
  left: number
  right: number
}

export const spanOf = ({ anchor, head }: Block): Span => ({
  top: Math.max(0, Math.min(anchor.row, head.row)),
  bottom: Math.max(0, Math.max(anchor.row, head.row)),
  left: Math.min(anchor.column, head.column),
  right: Math.max(anchor.column, head.column),
})

export const cellsIn = ({ top, bottom, left, right }: Span): number => (bottom - top + 1) * (right - left + 1)

// A formula sign behind any blanks, control or invisible characters, as in the files the server writes.
const risky = /^'*(?:[\s\p{Cc}\p{Cf}\p{Zs}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0])/u

/**
 * A value as a field of tab-separated text: one that a spreadsheet would take for a formula gets an apostrophe in front, one
 * with a tab, a line or a quote in it is quoted. Numbers stay numbers.
 */
export function tsvField(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = risky.test(value) ? `'${value}` : value
  return /["\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const tsvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => row.map(tsvField).join('\t')).join('\r\n')

export interface Stats {
  /** cells that are not blank */
  filled: number
  numbers: number
  sum: number
}

/** What a spreadsheet says of a selection. Sums are exact to what is shown: added in millionths. */
export function statsOf(values: Iterable<string | number | null>): Stats {
  let filled = 0
  let numbers = 0
  let millionths = 0
  for (const value of values) {
    if (value === null || value === '') continue
    filled++
    if (typeof value !== 'number') continue
    numbers++
    millionths += Math.round(value * 1e6)
  }
  return { filled, numbers, sum: millionths / 1e6 }
}

type Move = 'up' | 'down' | 'left' | 'right' | 'pageUp' | 'pageDown' | 'first' | 'last'

const moves: Record<string, Move> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'first',
  End: 'last',
}

/** Where a key leads, within the table; undefined for a key that does not move. Ctrl goes to the edge. */
export function moved(
  from: Place,
  key: string,
  edge: boolean,
  size: { rows: number; columns: number; page: number },
): Place | undefined {
  const move = moves[key]
  if (!move) return undefined
  const row = (to: number) => Math.min(size.rows - 1, Math.max(-1, to))
  const column = (to: number) => Math.min(size.columns - 1, Math.max(0, to))
  const at = {
    up: { ...from, row: edge ? 0 : row(from.row - 1) },
    down: { ...from, row: edge ? row(size.rows) : row(from.row + 1) },
    left: { ...from, column: edge ? 0 : column(from.column - 1) },
    right: { ...from, column: column(edge ? size.columns : from.column + 1) },
    pageUp: { ...from, row: Math.max(0, from.row - size.page) },
    pageDown: { ...from, row: row(from.row + size.page) },
    first: { row: edge ? 0 : from.row, column: 0 },
    last: { row: edge ? row(size.rows) : from.row, column: column(size.columns) },
  }
  return at[move]
}
