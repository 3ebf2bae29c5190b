import Papa from 'papaparse'
import { lineEnds } from './line-ends.ts'
import { FileRefusal, type Place } from './refusal.ts'
import type { Cell, Limits, TableRow } from './table.ts'

export interface RecordOptions {
  delimiter: string
  limits: Limits
  /** Name of a column for messages. */
  columnName: (index: number) => string
  onBlankRows: (count: number) => void
}

interface RawRecords {
  data: string[][]
  errors: { code: string; index: number }[]
  meta: { cursor: number }
}

/** The library's low-level parser; its published types know only the high-level calls. */
const { Parser } = Papa as unknown as {
  Parser: new (config: {
    delimiter: string
    newline: string
  }) => { parse(text: string, base: number, leaveLast: boolean): RawRecords }
}

/**
 * Records of decoded text, piece by piece: what the parser has not used up goes before the next piece, so that a cut may
 * fall anywhere. Refuses quotes that do not pair, records without end and rows with too many columns.
 */
export async function* readRecords(
  texts: AsyncIterable<string> | Iterable<string>,
  options: RecordOptions,
): AsyncGenerator<TableRow[]> {
  const parsers = {
    '\n': new Parser({ delimiter: options.delimiter, newline: '\n' }),
    '\r\n': new Parser({ delimiter: options.delimiter, newline: '\r\n' }),
  }
  const ends = lineEnds(options.delimiter)
  let rest = ''
  let line = 1
  for await (const piece of texts) {
    const { text, newline } = ends.write(rest, piece)
    const parsed = parsers[newline].parse(text, 0, true)
    refuseStrayQuotes(parsed, text, line, options)
    const lines = countLineEnds(text, parsed.meta.cursor)
    const rows = rowsOf(parsed.data, line, lines, text.includes('\0'), options)
    rest = text.slice(parsed.meta.cursor)
    line += lines
    if (rest.length > options.limits.recordChars) throw endlessRecord(rest, line, options)
    if (rows.length > 0) yield rows
  }
  const { text, newline } = ends.end(rest)
  if (text === '') return
  const parsed = parsers[newline].parse(text, 0, false)
  refuseStrayQuotes(parsed, text, line, options)
  const rows = rowsOf(parsed.data, line, countLineEnds(text), text.includes('\0'), options)
  if (rows.length > 0) yield rows
}

/** The parser gives the place behind the quote that opened the field. */
function refuseStrayQuotes({ errors }: RawRecords, text: string, line: number, options: RecordOptions): void {
  const [error] = errors
  if (!error) return
  const before = text.slice(0, Math.max(0, error.index - 1))
  const place: Place = { line: line + countLineEnds(before) }
  const record = before.slice(before.lastIndexOf('\n') + 1)
  if (!record.includes('"')) place.column = options.columnName(record.split(options.delimiter).length - 1)
  throw new FileRefusal(error.code === 'MissingQuotes' ? 'unclosed_quote' : 'stray_quote', '', place)
}

/** No record ends within the limit: too many columns, a quote left open, or one enormous field. */
function endlessRecord(rest: string, line: number, { delimiter, limits }: RecordOptions): FileRefusal {
  if (rest.includes('"')) return new FileRefusal('unclosed_quote', '', { line })
  const columns = rest.split(delimiter, limits.columns + 1).length
  if (columns > limits.columns) return new FileRefusal('too_many_columns', limits.columns, { line })
  return new FileRefusal('record_too_long', limits.recordChars, { line })
}

function rowsOf(
  data: string[][],
  firstLine: number,
  lines: number,
  hasNul: boolean,
  options: RecordOptions,
): TableRow[] {
  // The last record of a file may lack its line end.
  const onePerLine = lines === data.length || lines === data.length - 1
  const rows: TableRow[] = []
  let line = firstLine
  for (const cells of data) {
    if (cells.length > options.limits.columns) {
      throw new FileRefusal('too_many_columns', options.limits.columns, { line })
    }
    const checked = checkedCells(cells, hasNul, options.limits)
    if (checked) rows.push({ line, cells: checked })
    line++
    if (!onePerLine) for (const cell of cells) line += countLineEnds(cell)
  }
  if (rows.length < data.length) options.onBlankRows(data.length - rows.length)
  return rows
}

/** The cells, with a fault for each that cannot be taken, or null when all are blank. */
function checkedCells(cells: string[], hasNul: boolean, limits: Limits): Cell[] | null {
  let blank = true
  let checked: Cell[] = cells
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? ''
    if (cell === '') continue
    blank = false
    if (cell.length > limits.cellChars || (hasNul && cell.includes('\0'))) {
      if (checked === cells) checked = cells.slice()
      const fault = cell.length > limits.cellChars ? 'too_long' : 'nul'
      checked[i] = { fault, text: cell.slice(0, 200).replaceAll('\0', '␀') }
    }
  }
  return blank ? null : checked
}

function countLineEnds(text: string, until = text.length): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < until; at = text.indexOf('\n', at + 1)) count++
  return count
}
