import type { Finding, Measure, Scorecard } from '../../../contract/measurement.ts'
import type { Indicator } from './scorecard-table.tsx'
import { type Better, streak } from './trend-words.ts'

/** One thing worth a look: an indicator with what the figures say about it. */
export interface Thing {
  indicator: Indicator
  /** How far it lies on the wrong side of its target; null when it is met. */
  gap: number | null
  /** Periods in a row that it worsened; 0 below three. */
  worse: number
  finding: Finding | undefined
}

const mostThings = 3
const longRun = 3

/**
 * The three indicators that cost most points, or cannot be computed, or worsened three periods in a row. What costs
 * most comes first; what only worsens comes after what is missed.
 */
export function thingsToLookAt(card: Scorecard, findings: Finding[], measures: Measure[]): Thing[] {
  return card.indicators
    .map((indicator) => ({
      indicator,
      gap: gapOf(indicator),
      worse: worsening(indicator, measures),
      finding: findings.find(({ code }) => code === indicator.code),
    }))
    .filter(({ indicator, gap, worse }) => gap !== null || worse > 0 || indicator.state === 'incomputable')
    .sort((one, other) => pointsLost(other.indicator) - pointsLost(one.indicator) || other.worse - one.worse)
    .slice(0, mostThings)
}

function gapOf({ value, target }: Indicator): number | null {
  if (value === null) return null
  const gap = target.op === '<=' ? value - target.value : target.value - value
  return gap > 0 ? gap : null
}

function worsening(indicator: Indicator, measures: Measure[]): number {
  const better = (measures.find(({ code }) => code === indicator.measure)?.better ?? 'none') as Better
  const run = streak(
    indicator.trend.map(({ value }) => value),
    better,
  )
  return run.way < 0 && run.periods >= longRun ? run.periods : 0
}

const pointsLost = ({ score, weight }: Indicator): number => (score === null ? 0 : weight * (10 - score))
