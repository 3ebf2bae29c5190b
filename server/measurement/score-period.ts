import { type Ratio, ratio } from '../platform/ratio.ts'
import type { Indicator } from '../standards/index.ts'
import type { Figure } from './figures.ts'
import { scoreIndicator, scoreTotal, type Total } from './score.ts'

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
  figureOf: (indicator: Indicator) => Figure,
): PeriodScore {
  const rows = indicators.map((indicator) => {
    const figure = figureOf(indicator)
    const score = figure.exact && scoreIndicator(ratio(...figure.exact), indicator.target, indicator.rule)
    return { indicator, figure, score }
  })
  const total = scoreTotal(
    rows.map(({ indicator: { code, weight }, figure: { state }, score }) => ({ code, weight, state, score })),
  )
  return { rows, ...total }
}
