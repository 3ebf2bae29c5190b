import { Refusal } from '../platform/refusal.ts'
import { openTable } from './read/open-table.ts'
import { FileRefusal } from './read/refusal.ts'
import type { Cell } from './read/table.ts'

/** A small table as texts: what a header and the first rows of a file say. */
export interface Sheet {
  header: string[]
  rows: string[][]
}

const limits = {
  csvBytes: 2 * 1024 ** 2,
  xlsxBytes: 2 * 1024 ** 2,
  inflatedBytes: 20 * 1024 ** 2,
  columns: 60,
  sheetRows: 5000,
}

/** Reads the first `most` rows of a file small enough to be read while its sender waits; refuses one that cannot be read. */
export async function readSheet(path: string, name: string, most: number): Promise<Sheet> {
  try {
    const table = await openTable(path, { name, headerRow: 'auto', takeCachedValues: true, limits })
    const rows: string[][] = []
    for await (const chunk of table.rows())
      for (const { cells } of chunk) {
        if (rows.length >= most) return { header: table.header, rows }
        rows.push(cells.map(said))
      }
    return { header: table.header, rows }
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    throw new Refusal(error.code, error.status, { zh: error.zh, en: error.en })
  }
}

function said(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell)
  return 'date' in cell ? cell.date.slice(0, 10) : cell.text
}
