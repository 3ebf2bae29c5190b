import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { listColumns } from '../../contract/list-columns.ts'
import { parseFilters } from '../../contract/list-query.ts'
import { wordOf } from '../../contract/words.ts'
import type { ListQuery } from '../cases/index.ts'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { csvLine, type SheetValue, writeXlsx } from '../platform/spreadsheet.ts'
import { isoInZone, zone } from '../platform/time.ts'
import { type ExportedColumn, exportedColumns } from './export-columns.ts'
import type { Asked, Exporter } from './exports.ts'
import { recordsLists } from './lists.ts'

interface Writing {
  path: string
  asked: Asked
  exporter: Exporter
  secrets: Secrets
  now: Date
  read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** Told after every page; throws to stop the writing. */
  progress: (rows: number, total: number | null) => Promise<void>
}

const pageRows = 1000

/** Writes a list as a file, page by page, so that memory does not grow with it. What is masked on the screen is masked here. */
export async function writeExport(writing: Writing): Promise<void> {
  const { asked, exporter, path } = writing
  const zoneName = await writing.read(async (tx) => (await organizationOf(tx)).zone.name)
  const columns = exportedColumns(asked.list, asked.columns, exporter.language, zoneName)
  const counted = { rows: 0 }
  const rows = cellsOf(writing, columns, zoneName, counted)
  if (asked.format === 'csv') {
    await pipeline(
      Readable.from(csvPieces(columns, rows)),
      createWriteStream(`${path}.part`, { mode: 0o600 }),
    )
    await rename(`${path}.part`, path)
    return
  }
  const zh = exporter.language === 'zh' || asked.columns === 'template'
  await writeXlsx(path, {
    sheets: [
      { name: recordsLists[asked.list].name[zh ? 'zh' : 'en'], columns, rows },
      {
        name: zh ? '说明' : 'Notes',
        columns: [
          { header: zh ? '项目' : 'Item', width: 16 },
          { header: zh ? '内容' : 'Content', width: 80 },
        ],
        // Read last: only now the rows are counted.
        rows: (function* () {
          yield* notes(writing, zoneName, counted.rows, zh)
        })(),
      },
    ],
  })
}

async function* cellsOf(
  { asked, secrets, read, progress }: Writing,
  columns: ExportedColumn[],
  zoneName: string,
  counted: { rows: number },
): AsyncGenerator<SheetValue[]> {
  const { list: kind, format: _format, columns: _columns, ...narrowed } = asked
  for (let cursor: string | undefined; ; ) {
    const query: ListQuery = { ...narrowed, cursor, limit: pageRows }
    const page = await read((tx) => recordsLists[kind].read(tx, secrets, query, zoneName))
    for (const item of page.items) yield columns.map((column) => column.cell(item))
    counted.rows += page.items.length
    await progress(counted.rows, page.total)
    if (page.next === null) return
    cursor = page.next
  }
}

/** UTF-8 with a mark in front, or spreadsheets take Chinese for something else. */
async function* csvPieces(
  columns: ExportedColumn[],
  rows: AsyncIterable<SheetValue[]>,
): AsyncGenerator<string> {
  let piece = `\ufeff${csvLine(columns.map(({ header }) => header))}`
  for await (const row of rows) {
    piece += csvLine(
      row.map((cell) =>
        typeof cell === 'object' && cell !== null ? cell.date.slice(0, 16).replace('T', ' ') : cell,
      ),
    )
    if (piece.length < 65_536) continue
    yield piece
    piece = ''
  }
  yield piece
}

/** What the file holds and where it is from. */
function* notes({ asked, exporter, now }: Writing, zoneName: string, rows: number, zh: boolean) {
  const filters = filterLines(asked, zh)
  yield [
    zh ? '时间范围' : 'Period',
    [asked.from, asked.to].filter(Boolean).join(' – ') || (zh ? '不限' : 'all'),
  ]
  yield [zh ? '筛选条件' : 'Filters', filters.length > 0 ? filters.join('; ') : zh ? '无' : 'none']
  yield [zh ? '排序' : 'Sort', asked.sort || (zh ? '时间，新的在前' : 'time, latest first')]
  yield [zh ? '时区' : 'Time zone', zoneName]
  yield [zh ? '客户信息' : 'Customers', zh ? '已脱敏' : 'masked']
  yield [zh ? '导出人' : 'Exported by', exporter.name]
  yield [zh ? '导出时间' : 'Exported at', isoInZone(now.getTime(), zone(zoneName))]
  yield [zh ? '行数' : 'Rows', rows]
}

function filterLines(asked: Asked, zh: boolean): string[] {
  const columns = listColumns[asked.list]
  const said = (parseFilters(columns, asked.filter ?? '') ?? []).map((filter) => {
    const column = columns.find(({ key }) => key === filter.column)
    const name = column ? column[zh ? 'zh' : 'en'] : filter.column
    if (filter.op === 'has') return `${name} ${zh ? '包含' : 'contains'} “${filter.text}”`
    if (filter.op === 'range') return `${name} ${filter.from || '…'} – ${filter.to || '…'}`
    const words = filter.values.map((value) =>
      value === ''
        ? zh
          ? '为空'
          : 'blank'
        : column?.words
          ? wordOf(column.words, value, zh ? 'zh' : 'en')
          : value,
    )
    return `${name}: ${words.join(', ')}`
  })
  if (asked.search) said.push(`${zh ? '编号包含' : 'number contains'} “${asked.search}”`)
  for (const name of ['unit', 'product', 'agent'] as const)
    if (asked[name]) said.push(`${name}: ${asked[name]}`)
  return said
}
