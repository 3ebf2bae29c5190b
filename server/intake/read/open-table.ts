import { openCsv } from './csv-table.ts'
import { sniff } from './sniff.ts'
import { defaultLimits, type OpenOptions, type Table } from './table.ts'
import { openXlsx } from './xlsx/xlsx-table.ts'

/**
 * Opens a table file by what it holds, reads its header and gives its rows as a stream. Memory is bounded by the limits,
 * not by the file. Throws FileRefusal for a file that cannot be trusted; nothing outside the file is ever read.
 */
export async function openTable(path: string, options: OpenOptions): Promise<Table> {
  const limits = { ...defaultLimits, ...options.limits }
  const format = await sniff(path, options.name)
  return format === 'xlsx' ? openXlsx(path, options, limits) : openCsv(path, options, limits)
}
