import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import { type CsvValue, csvLine, writeXlsx } from '../platform/spreadsheet.ts'
import type { DescribedRecord } from './explain-records.ts'
import type { FigureRow } from './figures.ts'

type Words = { zh: string; en: string }

interface Column<Row> {
  header: Words
  value: (row: Row) => CsvValue
}

const column = <Row>(zh: string, en: string, value: (row: Row) => CsvValue): Column<Row> => ({
  header: { zh, en },
  value,
})

export const figureColumns: Column<FigureRow>[] = [
  column('周期', 'Period', (row) => row.period),
  column('成员', 'Member', (row) => row.memberName),
  column('样本数', 'n', (row) => row.n),
  column('合计', 'Sum', (row) => row.sum),
  column('分子', 'Numerator', (row) => row.numerator),
  column('分母', 'Denominator', (row) => row.denominator),
  column('数值', 'Value', (row) => row.value),
  column('P50', 'P50', (row) => row.p50),
  column('P90', 'P90', (row) => row.p90),
  column('区间下限', 'Interval from', (row) => row.interval?.[0]),
  column('区间上限', 'Interval to', (row) => row.interval?.[1]),
  column('状态', 'State', (row) => row.state),
  column('缺少字段', 'Missing', (row) => row.missing.join(' ')),
]

export const recordColumns: Column<DescribedRecord>[] = [
  column('种类', 'Kind', (row) => row.kind),
  column('编号', 'Number', (row) => row.externalId),
  column('时间', 'Time', (row) => row.at),
  column('团队', 'Unit', (row) => row.unit),
  column('人员', 'Agent', (row) => row.agent),
  column('产品', 'Product', (row) => row.product),
  column('数值', 'Value', (row) => row.value),
  column('计入分子', 'In numerator', (row) => row.inNumerator),
  column('文件', 'File', (row) => row.fileName),
  column('行号', 'Line', (row) => row.line),
]

/** Sends rows as a CSV file that spreadsheets open as UTF-8; texts are safe against formulas. */
export function sendCsv<Row>(
  reply: FastifyReply,
  name: string,
  columns: Column<Row>[],
  rows: Row[],
  language: 'zh' | 'en',
): void {
  const header = csvLine(columns.map((one) => one.header[language]))
  const lines = rows.map((row) => csvLine(columns.map((one) => one.value(row))))
  reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .type('text/csv; charset=utf-8')
    .send(`\ufeff${header}${lines.join('')}`)
}

/** The same rows as a workbook, its numbers as numbers. */
export async function sendXlsx<Row>(
  reply: FastifyReply,
  name: string,
  columns: Column<Row>[],
  rows: Row[],
  language: 'zh' | 'en',
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zhihuan-figures-'))
  try {
    const path = join(folder, 'figures.xlsx')
    const cells = rows.map((row) => columns.map(({ value }) => value(row) ?? null))
    const headers = columns.map(({ header }) => ({ header: header[language], width: 16 }))
    const sheet = language === 'zh' ? '数值' : 'Figures'
    await writeXlsx(path, { sheets: [{ name: sheet, columns: headers, rows: cells }] })
    reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${name}.xlsx"`)
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(await readFile(path))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
