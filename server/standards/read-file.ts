import type { TableColumn } from '../../contract/standards.ts'
import { tableColumns } from '../../contract/standards.ts'
import { Refusal } from '../platform/refusal.ts'
import { type Known, type ReadRow, readTable } from './read-table.ts'
import { headers } from './table-words.ts'

const also: Record<TableColumn, readonly string[]> = {
  dimension: ['维度', 'dimension'],
  name: ['指标', '指标名称', 'indicator'],
  definition: ['定义', '指标定义', 'definition'],
  source: ['来源', 'datasource', 'source'],
  period: ['周期', 'period'],
  weight: ['权重', 'weight'],
  target: ['目标', 'target'],
  rule: ['评分标准', '评分规则', 'scoringrule', 'rule'],
}

/** Finds the eight columns by their headers, wherever they stand, and reads the rows; a total at the foot is no indicator. */
export function readIndicatorSheet(
  { header, rows }: { header: string[]; rows: string[][] },
  known: Known,
): ReadRow[] {
  const names = header.map(plain)
  const places = tableColumns.map((column, i) =>
    names.findIndex((name) => name !== '' && [plain(headers[i]!), ...also[column]].includes(name)),
  )
  const missing = (['name', 'weight', 'target', 'rule'] as const).filter(
    (column) => places[tableColumns.indexOf(column)] === -1,
  )
  if (missing.length > 0) throw noTable(missing.map((column) => headers[tableColumns.indexOf(column)]!))
  let dimension = ''
  const read = rows
    .map((cells) => places.map((place) => (place === -1 ? '' : (cells[place] ?? '').trim())))
    .map(([first = '', ...others]) => {
      // Merged cells stand in the first row of their block.
      dimension = first || dimension
      return [dimension, ...others]
    })
    .filter((cells) => cells[1] !== '' && !/^(合计|总计|total)$/i.test(cells[1] ?? ''))
  if (read.length === 0) throw noTable([])
  return readTable(
    read.slice(0, 60).map((cells) => ({ cells })),
    known,
  )
}

/** People copy a table with its head. */
export const isNoHeader = ({ cells }: { cells: string[] }): boolean =>
  !headers.some((header, i) => plain(cells[i] ?? '') === plain(header))

/** Without what stands in brackets, blanks and case: `权重（%）` is 权重. */
const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\(.*?\)|\s/g, '')
    .toLowerCase()

const noTable = (missing: string[]) =>
  new Refusal('no_indicator_table', 422, {
    zh:
      missing.length > 0
        ? `文件里没有找到这些列：${missing.join('、')}。请使用导出的指标表。`
        : '表头下面没有指标。请在表头下一行开始填写。',
    en:
      missing.length > 0
        ? `These columns were not found in the file: ${missing.join(', ')}. Use the exported indicator table.`
        : 'There are no indicators below the header; write them from the next row on.',
  })
