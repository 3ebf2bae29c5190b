import type { ExactCard } from '../../contract/measurement.ts'
import { fromDecimal, mul, ratio } from '../platform/ratio.ts'
import { dayToDate, type Period, periodLabel, periodStart } from '../platform/time.ts'
import { type Indicator, ruleSentence, type Standard, targetText } from '../standards/index.ts'
import { exactOf, exactOrNull, shortDecimal } from './exact.ts'
import { type Figure, type FigureOf, scopeKey } from './figures.ts'
import type { Measure } from './measure.ts'
import { statusOf } from './score.ts'
import { type IndicatorScore, type PeriodScore, scorePeriod } from './score-period.ts'

export interface ShownPeriod extends Period {
  label: string
}

/** The period asked and the five before it (近6月). */
export const periodsShown = 6

/** So many periods of the same grain that end with this one, oldest first. */
export function periodsUpTo(period: Period, count: number): ShownPeriod[] {
  const { grain } = period
  const shown = [{ ...period, label: periodLabel(grain, period.fromDay) }]
  while (shown.length < count) {
    const toDay = shown[0]!.fromDay
    const fromDay = periodStart(grain, toDay - 1)
    shown.unshift({ grain, fromDay, toDay, label: periodLabel(grain, fromDay) })
  }
  return shown
}

export interface CardParts {
  /** The last is the period itself. */
  shown: ShownPeriod[]
  /** The standard in force on the first day of each. */
  standards: (Standard | undefined)[]
  figureOf: FigureOf
  /** What a measure says of itself. */
  of: (measure: string) => Measure
  measuredAt: string | null
  /** Cards of closed periods among those before: their figures stand as they were frozen. */
  closed: Map<string, ExactCard>
}

/** The scorecard of a period in exact texts: what the page shows is read from it, and what a copy keeps is it. */
export function exactCard({ shown, standards, figureOf, of, measuredAt, closed }: CardParts): ExactCard {
  const scored = shown.map(({ label }, i) =>
    scorePeriod(standards[i]?.indicators ?? [], (indicator) => figureOf(indicator, label)),
  )
  const period = shown.at(-1)!
  const asked = scored.at(-1)!
  const standard = standards.at(-1)
  const earlier = (label: string) => (label === period.label ? undefined : closed.get(label))
  return {
    period: period.label,
    from: dayToDate(period.fromDay),
    to: dayToDate(period.toDay - 1),
    standard: standard ? `v${standard.version}` : null,
    total: exactOrNull(asked.total),
    baseWeight: shortDecimal(asked.baseWeight),
    leftOut: asked.leftOut,
    measuredAt,
    totals: shown.map(({ label }, i) => {
      const frozen = earlier(label)
      return { period: label, total: frozen ? frozen.total : exactOrNull(scored[i]?.total) }
    }),
    indicators: asked.rows.map((row) => ({
      ...exactIndicator(row, of(row.indicator.measure)),
      trend: shown.map(({ label }, i) => {
        const frozen = earlier(label)
        const same = frozen?.indicators.find(sameIndicator(row))
        if (same) return { period: label, value: same.value, score: same.score }
        return {
          period: label,
          value: exactValue(figureOf(row.indicator, label)),
          score: exactOrNull(scoredAs(scored[i], row)?.score),
        }
      }),
    })),
  }
}

type ExactIndicator = Omit<ExactCard['indicators'][number], 'trend'>

function exactIndicator(
  { indicator, figure, score }: IndicatorScore,
  { unit, version, shape }: Measure,
): ExactIndicator {
  const { code, measure, nameZh, nameEn, dimension, target, rule } = indicator
  return {
    code,
    measure,
    measureVersion: version,
    name: { zh: nameZh, en: nameEn },
    dimension,
    unit,
    scope: indicator.scope ?? {},
    value: exactValue(figure),
    n: figure.n,
    records: figure.records,
    numerator: figure.numerator === null ? null : String(figure.numerator),
    denominator: figure.denominator === null ? null : String(figure.denominator),
    sum: summed.has(shape) && figure.exact ? exactOf(sumOf(shape, figure.exact, figure.n)) : null,
    interval: figure.interval && [String(figure.interval[0]), String(figure.interval[1])],
    ...('responseRate' in figure && { responseRate: frozenRate(figure) }),
    p50: figure.p50 === null ? null : String(figure.p50),
    target: {
      op: target.operator,
      value: shortDecimal(fromDecimal(target.value)),
      text: targetText(target, unit),
    },
    rule,
    sentence: ruleSentence(rule, target, unit),
    score: exactOrNull(score),
    weight: shortDecimal(fromDecimal(indicator.weight)),
    status: figure.exact ? statusOf(ratio(...figure.exact), target, rule) : 'no_data',
    state: figure.state,
    missing: figure.missing,
    provisional: figure.provisional,
  }
}

const frozenRate = ({ responseRate: rate }: Figure) =>
  rate ? { sent: rate.sent, submitted: rate.submitted } : null

/** The decimal is the very number that figures show, to six places. */
const exactValue = ({ exact, value }: Figure) =>
  exact && value !== null ? { ...exactOf(ratio(...exact)), decimal: String(value) } : null

const summed: ReadonlySet<string> = new Set(['mean', 'nps', 'sum'])

/** A mean times its n; a total is its own sum; a net promoter score is a hundred times its sum over n. */
const sumOf = (shape: string, exact: [number, number], n: number) => {
  if (shape === 'sum') return ratio(...exact)
  const sum = mul(ratio(...exact), ratio(n))
  return shape === 'nps' ? mul(sum, ratio(1, 100)) : sum
}

/** A score of the past is comparable only where the same measure stood under the same code. */
const sameIndicator =
  ({ indicator }: IndicatorScore) =>
  (other: Pick<Indicator, 'code' | 'measure' | 'scope'>): boolean =>
    other.code === indicator.code &&
    other.measure === indicator.measure &&
    scopeKey(other) === scopeKey(indicator)

const scoredAs = (period: PeriodScore | undefined, row: IndicatorScore): IndicatorScore | undefined =>
  period?.rows.find((other) => sameIndicator(row)(other.indicator))
