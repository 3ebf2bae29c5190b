import { type ListColumn, type ListKind, listColumns } from '../../contract/list-columns.ts'
import { wordOf } from '../../contract/words.ts'
import type { SheetColumn, SheetValue } from '../platform/spreadsheet.ts'
import { type Zone, zone } from '../platform/time.ts'

export interface ExportedColumn extends SheetColumn {
  key: string
  cell: (row: Record<string, unknown>) => SheetValue
}

/** The columns of an export: the template's under its own headers, all, or those on the screen in their order. */
export function exportedColumns(
  kind: ListKind,
  which: 'template' | 'all' | readonly string[],
  language: 'zh' | 'en',
  zoneName: string,
): ExportedColumn[] {
  const known = listColumns[kind]
  const template = which === 'template'
  const chosen =
    which === 'all'
      ? known
      : template
        ? known.filter((column) => column.template)
        : which.flatMap((key) => known.filter((column) => column.key === key))
  const words = template ? 'zh' : language
  const place = zone(zoneName)
  return chosen.map((column) => ({
    key: column.key,
    header: template ? (column.header ?? column.zh) : column[language],
    ...(column.kind === 'long' && { width: 36 }),
    ...(column.kind === 'instant' &&
      (column.day ? { width: 12, format: 'yyyy-mm-dd' } : { width: 19, format: 'yyyy-mm-dd hh:mm' })),
    ...(column.kind === 'score' && { format: words === 'zh' ? 'General"分"' : 'General' }),
    cell: (row) => cellOf(column, row, words, place),
  }))
}

function cellOf(
  column: ListColumn,
  row: Record<string, unknown>,
  language: 'zh' | 'en',
  place: Zone,
): SheetValue {
  const value = row[column.key]
  if (value === null || value === undefined) return null
  if (column.kind === 'instant') return { date: localTime(Date.parse(String(value)), place) }
  if (column.words) {
    const word = wordOf(column.words, String(value), language)
    return column.key === 'category' && row.subcategory ? `${word}-${String(row.subcategory)}` : word
  }
  // Money comes as exact text.
  if (typeof value === 'number' || column.kind === 'number') return Number(value)
  if (typeof value !== 'object') return String(value)
  if ('masked' in value && 'code' in value) return String(value.masked || value.code)
  if ('name' in value) return String(value.name)
  return 'externalId' in value ? String(value.externalId) : null
}

/** A wall clock of the zone as a spreadsheet takes it: `2024-05-01T08:00:00.000`. */
export const localTime = (instantMs: number, place: Zone): string =>
  new Date(instantMs + place.offsetMs(instantMs)).toISOString().slice(0, -1)
