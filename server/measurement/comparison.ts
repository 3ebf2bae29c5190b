import type { Compared } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { dayToDate } from '../platform/time.ts'
import { standardOn } from '../standards/index.ts'
import { type FigureRow, figuresOf } from './figures.ts'
import { lowestUnits, rankUnits } from './rank-units.ts'
import { scorePeriod } from './score-period.ts'
import { periodOf, type ScorecardQuestion } from './scorecard.ts'
import { failedValue } from './value.ts'

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
  const minimum = new Map(indicators.map(({ measure, minimumN }) => [measure, minimumN]))
  const where = {
    ...(question.unit && { unit: question.unit }),
    ...(question.product && { product: question.product }),
  }
  const figures = await figuresOf(
    tx,
    [...minimum.keys()],
    { fromDay, toDay, grain: 'whole', by: 'unit', where },
    { now, minimumN: (code) => minimum.get(code) ?? 10 },
  )
  const lowest = await lowestUnits(tx, question.unit)
  const broken = { ...failedValue(), provisional: false }
  return rankUnits(
    lowest.map((unit) => {
      const own = (measure: string): FigureRow | undefined =>
        figures.get(measure)?.find(({ member }) => member === unit.id)
      return { unit, scored: scorePeriod(indicators, (measure) => own(measure) ?? broken) }
    }),
  )
}
