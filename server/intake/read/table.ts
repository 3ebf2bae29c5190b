/**
 * Why a cell holds no value: a formula, an error such as #N/A, a NUL character, more text than a cell can hold, a number
 * dressed as a date that no calendar has, or texts beyond the last column of a text file: a delimiter too many.
 */
export type CellFault = 'formula' | 'error' | 'nul' | 'too_long' | 'no_such_date' | 'surplus'

/**
 * One value of a row. Text files give texts only; a workbook also gives numbers, booleans and calendar times
 * (`YYYY-MM-DDTHH:mm:ss.SSS`, no zone). A fault is a cell that holds no value one may trust.
 */
export type Cell = string | number | boolean | null | { date: string } | { fault: CellFault; text: string }

export interface TableRow {
  /** 1-based line of a text file (where the record starts) or row of a sheet. */
  line: number
  cells: Cell[]
}

/** Something about the file its owner should know; reading goes on. */
export interface Note {
  code: string
  zh: string
  en: string
  count?: number
  sample?: string
  column?: string
}

export interface Table {
  format: 'csv' | 'xlsx'
  encoding: string | null
  delimiter: string | null
  sheets: { name: string; hidden: boolean }[]
  /** 1-based; 0 for a text file. */
  sheet: number
  /** Line of the (last) header row. */
  headerRow: number
  /** As in the file, trimmed; blank where a column has no name. */
  header: string[]
  /** The first rows of the file, titles and header among them. */
  top: TableRow[]
  /** Grows while rows are read. */
  notes: Note[]
  /**
   * The rows below the header that hold anything, in chunks of about 2,000. May be called again: each call reads anew.
   * Texts share memory with their chunk: copy those kept beyond it.
   */
  rows(): AsyncIterable<TableRow[]>
  /** Bytes the running (or last) reading has got through, out of bytesTotal. */
  bytesRead(): number
  bytesTotal: number
}

export interface Limits {
  csvBytes: number
  xlsxBytes: number
  inflatedBytes: number
  /** Inflated size over packed size, of an archive and of each part above 100 KB. */
  inflationRatio: number
  entries: number
  sheetRows: number
  columns: number
  cellChars: number
  /** A record of a text file longer than this is no record. */
  recordChars: number
}

export const defaultLimits: Limits = {
  csvBytes: 2 * 1024 ** 3,
  xlsxBytes: 20 * 1024 ** 2,
  inflatedBytes: 200 * 1024 ** 2,
  inflationRatio: 200,
  entries: 2000,
  sheetRows: 1_048_576,
  columns: 500,
  cellChars: 32_767,
  recordChars: 1024 ** 2,
}

export interface OpenOptions {
  /** The user's own name of the file: its ending must fit its content. */
  name: string
  /** `auto` or a label such as `utf-8`, `gb18030`, `big5`; text files only. */
  encoding?: string
  /** Name or 1-based number; the first visible sheet with data unless told. */
  sheet?: number | string
  headerRow?: number | 'auto'
  /** Take what a formula cell last showed, instead of faulting it. */
  takeCachedValues?: boolean
  limits?: Partial<Limits>
}
