import type { z } from 'zod'
import type { readStandardCells, TableColumn } from '../../contract/standards.ts'
import { tableColumns } from '../../contract/standards.ts'
import { add, compare, fromDecimal, isDecimal, mul, ratio, toDecimal, zero } from '../platform/ratio.ts'
import { parseRuleSentence, parseTargetText } from './read-sentences.ts'
import type { Indicator, MeasureWords, Rule, Target, Words } from './shapes.ts'
import { dimensionOf, inUnit, periodIn } from './table-words.ts'

export type ReadRow = z.output<typeof readStandardCells.reply>['items'][number]
type Unread = ReadRow['unread'][number]

export interface RowToRead {
  code?: string | undefined
  measure?: string | undefined
  /** In the order of `tableColumns`; a blank cell says nothing. */
  cells: string[]
}

/** What a name or a blank cell may stand for. */
export interface Known {
  indicators: readonly Indicator[]
  measures: readonly string[]
  words: (measure: string) => MeasureWords
}

/**
 * Reads rows of the indicator table. A row is an indicator already in use or a measure of the catalogue, by its name in
 * either language; what is not understood is told with its text and never guessed.
 */
export function readTable(rows: readonly RowToRead[], known: Known): ReadRow[] {
  const weights = wholeWeights(rows.map(({ cells }) => text(cells, 'weight')))
  const codes = new Set<string>()
  return rows.map((row, i) => {
    // Of two indicators of one name, say for two channels, each row is one.
    const left = known.indicators.filter(({ code }) => !codes.has(code))
    const indicators = [...left, ...known.indicators.filter(({ code }) => codes.has(code))]
    const read = readRow(row, weights[i] ?? '', { ...known, indicators })
    const code = freeCode(read.indicator.code, codes)
    codes.add(code)
    return { ...read, indicator: { ...read.indicator, code } }
  })
}

const text = (cells: readonly string[], column: TableColumn): string =>
  (cells[tableColumns.indexOf(column)] ?? '').trim()

function freeCode(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const code = n === 1 ? wanted : `${wanted}_${n}`
    if (!taken.has(code)) return code
  }
}

/** Excel keeps 25% as 0.25: weights that total exactly 1 are shares of one, not of a hundred. */
function wholeWeights(texts: readonly string[]): string[] {
  const plain = texts.map((one) => one.normalize('NFKC').replace(/\s|%$|分$/g, ''))
  const numbers = plain.filter(isDecimal).map(fromDecimal)
  const ofOne = numbers.length > 1 && compare(numbers.reduce(add, zero), ratio(1)) === 0
  return plain.map((one) =>
    ofOne && isDecimal(one) ? toDecimal(mul(fromDecimal(one), ratio(100)), 6).replace(/\.?0+$/, '') : one,
  )
}

function readRow(row: RowToRead, weightText: string, known: Known): ReadRow {
  const unread: Unread[] = []
  const doubt = (column: TableColumn, why: Words): void => {
    unread.push({ column, text: text(row.cells, column).slice(0, 400), why })
  }
  const base = found(row, known)
  if (base.measure === '') doubt('name', unknownName)
  const unit = base.measure === '' ? undefined : known.words(base.measure).unit
  const name = text(row.cells, 'name')
  const period = text(row.cells, 'period')
  if (period !== '' && !periodIn(period)) doubt('period', unknownPeriod)
  if (weightText !== '' && !/^\d{1,3}(\.\d{1,4})?$/.test(weightText)) doubt('weight', unknownWeight)
  const target = readTarget(text(row.cells, 'target'), unit)
  if (target && 'zh' in target) doubt('target', target)
  const goal = target && 'value' in target ? target : base.target
  const rule = readRule(text(row.cells, 'rule'), goal, unit)
  if (rule && 'zh' in rule) doubt('rule', rule)
  const indicator: ReadRow['indicator'] = {
    ...base,
    ...(name !== '' && name !== base.nameEn && name !== base.nameZh && { nameZh: name.slice(0, 80) }),
    ...(text(row.cells, 'dimension') !== '' && { dimension: dimensionOf(text(row.cells, 'dimension')) }),
    ...(text(row.cells, 'source') !== '' && { source: text(row.cells, 'source').slice(0, 80) }),
    period: periodIn(period) ?? base.period,
    weight: /^\d{1,3}(\.\d{1,4})?$/.test(weightText) ? weightText : base.weight,
    target: goal,
    rule: rule && 'kind' in rule ? rule : base.rule,
  }
  return { indicator, unread }
}

/** The indicator in use by that code or name, else a measure of the catalogue, else a row that waits for its measure. */
function found(row: RowToRead, { indicators, measures, words }: Known): Indicator {
  const name = text(row.cells, 'name')
  const used =
    indicators.find(({ code }) => code === row.code) ??
    (row.measure === undefined && name !== ''
      ? indicators.find(({ nameZh, nameEn, code }) => [nameZh, nameEn, code].includes(name))
      : undefined)
  if (used) return used
  const measure =
    row.measure !== undefined && measures.includes(row.measure)
      ? row.measure
      : measures.find((code) => [code, words(code).name.zh, words(code).name.en].includes(name))
  const said = measure ? words(measure) : undefined
  return {
    code: row.code ?? measure ?? 'indicator',
    measure: measure ?? '',
    nameZh: said?.name.zh ?? (name.slice(0, 80) || '—'),
    nameEn: said?.name.en ?? (name.slice(0, 80) || '—'),
    dimension: 'timeliness',
    source: '',
    period: 'month',
    weight: '0',
    target: { operator: said?.better === 'lower' ? '<=' : '>=', value: '0' },
    rule: { kind: 'deduct', points: '1', per: '1', step: 'whole' },
    minimumN: 10,
  }
}

function readTarget(said: string, unit: string | undefined): Target | Words | undefined {
  if (said === '') return undefined
  const read = parseTargetText(said)
  if ('fault' in read) return read.fault
  const value = unit === undefined ? read.target.value : inUnit(read.target.value, read.unit, unit)
  return value === undefined ? otherUnit(read.unit) : { ...read.target, value }
}

function readRule(said: string, target: Target, unit: string | undefined): Rule | Words | undefined {
  if (said === '') return undefined
  const read = parseRuleSentence(said)
  if ('fault' in read) return read.fault
  if (read.operator && read.operator !== target.operator) return otherSide
  const { rule } = read
  const from = read.unit ?? ''
  const turned = (amount: string) => (unit === undefined ? amount : inUnit(amount, from, unit))
  if (rule.kind === 'deduct') {
    const per = turned(rule.per)
    return per === undefined ? otherUnit(from) : { ...rule, per }
  }
  if (rule.kind === 'between') {
    const floor = turned(rule.floor)
    return floor === undefined ? otherUnit(from) : { ...rule, floor }
  }
  if (rule.kind === 'bands') {
    const bands = rule.bands.map((band) => ({ ...band, from: turned(band.from) ?? '' }))
    return bands.some((band) => band.from === '') ? otherUnit(from) : { ...rule, bands }
  }
  return rule
}

const unknownName = {
  zh: '指标目录中没有这个名称，请选择它的度量。',
  en: 'The catalogue has no measure of this name; choose one.',
}
const unknownPeriod = { zh: '请写日、周、月、季度或年。', en: 'Write day, week, month, quarter or year.' }
const unknownWeight = {
  zh: '权重须是0到100的数，至多四位小数。',
  en: 'A weight is a number from 0 to 100 with at most four decimals.',
}
const otherUnit = (unit: string): Words => ({
  zh: `单位“${unit}”与该度量的单位不同，请换算。`,
  en: `The unit “${unit}” is not the measure's; convert the number.`,
})
const otherSide = {
  zh: '“超”与“低”的方向与目标值不一致，请改其中一个。',
  en: 'The rule counts to the other side of the target; change one of them.',
}
