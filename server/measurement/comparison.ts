import type { Compared } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { dayToDate } from '../platform/time.ts'
import { standardOn } from '../standards/index.ts'
import { indicatorFigures } from './figures.ts'
import { lowestUnits, rankUnits } from './rank-units.ts'
import { scorePeriod } from './score-period.ts'
import { periodOf, type ScorecardQuestion } from './scorecard.ts'

/**
 * The units below the one asked for (or below all the actor sees) that have no unit below themselves, each scored as
 * its own scorecard would be. The best total first, the units that rest on too little last and without a rank.
 */
export async function comparison(
  tx: Tx,
  question: ScorecardQuestion,
  { now }: { now: Date },
): Promise<Compared[]> {
  const { fromDay, toDay } = periodOf(question.period)
  const standard = await standardOn(tx, dayToDate(fromDay))
  if (!standard) return []
  const { indicators } = standard
  const where = {
    ...(question.unit && { unit: question.unit }),
    ...(question.product && { product: question.product }),
  }
  const asked = { fromDay, toDay, grain: 'whole' as const, by: 'unit' as const, where }
  const figureOf = await indicatorFigures(tx, indicators, asked, { now })
  const lowest = await lowestUnits(tx, question.unit)
  return rankUnits(
    lowest.map((unit) => ({
      unit,
      scored: scorePeriod(indicators, (indicator) => figureOf(indicator, 'whole', unit.id)),
    })),
  )
}
