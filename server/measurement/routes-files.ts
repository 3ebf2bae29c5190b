import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import type { Scorecard } from '../../contract/measurement.ts'
import { type CsvValue, csvLine, writeXlsx } from '../platform/spreadsheet.ts'
import type { DescribedRecord } from './explain-records.ts'
import type { FigureRow } from './figures.ts'
import type { WithResponseRate } from './response-rate.ts'

type Words = { zh: string; en: string }

interface Column<Row> {
  header: Words
  value: (row: Row) => CsvValue
}

const column = <Row>(zh: string, en: string, value: (row: Row) => CsvValue): Column<Row> => ({
  header: { zh, en },
  value,
})

/** With a second split, its member beside that of the first. */
export const figureColumns = (across: boolean): Column<FigureRow>[] => [
  column('周期', 'Period', (row) => row.period),
  column('成员', 'Member', (row) => row.memberName),
  ...(across ? [column<FigureRow>('交叉成员', 'Across', (row) => row.acrossName)] : []),
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
  column('发放问卷数', 'Surveys sent', (row) => row.responseRate?.sent),
  column('提交问卷数', 'Surveys submitted', (row) => row.responseRate?.submitted),
  column('问卷回收率', 'Response rate', rateOrUnknown),
]

/** Blank where the figure does not come from answers; never a number where nobody was asked. */
const rateOrUnknown = ({ responseRate }: WithResponseRate): CsvValue =>
  responseRate === null ? 'unknown' : responseRate?.value

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
  column('数值单位', 'Value in', (row) => row.measuredIn),
]

export interface ScorecardLine {
  card: Scorecard
  /** null in the line of the total */
  indicator: Scorecard['indicators'][number] | null
}

/** One line for each indicator and one for the total; each says of which copy it is. */
export const scorecardLines = (card: Scorecard): ScorecardLine[] =>
  [...card.indicators, null].map((indicator) => ({ card, indicator }))

export const scorecardColumns = (language: 'zh' | 'en'): Column<ScorecardLine>[] => [
  column('周期', 'Period', ({ card }) => card.period),
  column('团队', 'Unit', ({ card }) => card.unit?.name ?? null),
  column('周期状态', 'Period state', ({ card }) => stateWords(card)[language]),
  column('关账时间', 'Copy made', ({ card }) => card.copy?.madeAt ?? null),
  column('标准', 'Standard', ({ card }) => card.standard),
  column('维度', 'Dimension', ({ indicator }) => indicator?.dimension ?? null),
  column('指标', 'Indicator', ({ indicator }) =>
    indicator ? indicator.name[language] : totalWords[language],
  ),
  column('数值', 'Value', ({ indicator }) => indicator?.value ?? null),
  column('单位', 'Unit of value', ({ indicator }) => indicator?.unit ?? null),
  column('样本数', 'n', ({ indicator }) => indicator?.n ?? null),
  column('目标', 'Target', ({ indicator }) => indicator?.target.text[language] ?? null),
  column('得分', 'Score', ({ card, indicator }) => (indicator ? indicator.score : card.total)),
  column('权重', 'Weight', ({ card, indicator }) => (indicator ? indicator.weight : card.baseWeight)),
  column('状态', 'State', ({ indicator }) => indicator?.state ?? null),
  column('评分标准', 'Rule', ({ indicator }) => indicator?.rule[language] ?? null),
  column('问卷回收率', 'Response rate', ({ indicator }) => (indicator ? rateOrUnknown(indicator) : null)),
  column('达成率(%)', 'Attainment (%)', ({ indicator }) => indicator?.attainment ?? null),
]

const totalWords: Words = { zh: '综合得分', en: 'Total score' }

function stateWords({ state, copy }: Scorecard): Words {
  if (state === 'open') return { zh: '进行中', en: 'running' }
  if (state === 'complete') return { zh: '未关账', en: 'not closed' }
  if (!copy) return { zh: '已关账，此为当前数据', en: 'closed; figures of now' }
  return { zh: `已关账，第 ${copy.number} 份`, en: `closed, copy ${copy.number}` }
}

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
