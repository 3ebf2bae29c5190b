import { type Ratio, ratio } from '../platform/ratio.ts'
import type { Indicator } from '../standards/index.ts'
import type { FigureRow } from './figures.ts'
import { scoreIndicator, scoreTotal, type Total } from './score.ts'

type Figure = Omit<FigureRow, 'period' | 'member' | 'memberName'>

export interface IndicatorScore {
  indicator: Indicator
  figure: Figure
  /** Points 0..10; null where the figure has no value. */
  score: Ratio | null
}

export interface PeriodScore extends Total {
  rows: IndicatorScore[]
}

/** One period under one standard: a score for each indicator, and their total. */
export function scorePeriod(
  indicators: readonly Indicator[],
  figureOf: (measure: string) => Figure,
): PeriodScore {
  const rows = indicators.map((indicator) => {
    const figure = figureOf(indicator.measure)
    const score = figure.exact && scoreIndicator(ratio(...figure.exact), indicator.target, indicator.rule)
    return { indicator, figure, score }
  })
  const total = scoreTotal(
    rows.map(({ indicator: { code, weight }, figure: { state }, score }) => ({ code, weight, state, score })),
  )
  return { rows, ...total }
}
