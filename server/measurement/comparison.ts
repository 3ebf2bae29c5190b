import type { Compared, ExactCard } from '../../contract/measurement.ts'
import { readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { fromDecimal } from '../platform/ratio.ts'
import { notFound } from '../platform/refusal.ts'
import { dayToDate } from '../platform/time.ts'
import { standardOn } from '../standards/index.ts'
import { ratioOf } from './exact.ts'
import { indicatorFigures } from './figures.ts'
import { cardsOfCopy, type FrozenCard, newestNumber } from './period-copies.ts'
import { lowestUnits, type RankedUnit, rankUnits, wholeUnits } from './rank-units.ts'
import { scorePeriod } from './score-period.ts'
import { periodOf, type ScorecardQuestion } from './scorecard.ts'

/**
 * The units below the one asked for (or below all the actor sees) that have no unit below themselves, each scored as
 * its own scorecard would be: below by the tree of the period's last day. The best total first, the units that rest on too
 * little last and without a rank.
 */
export async function comparison(
  tx: Tx,
  question: ScorecardQuestion,
  { now }: { now: Date },
): Promise<Compared[]> {
  const { fromDay, toDay } = periodOf(question.period)
  const frozen = await frozenUnits(tx, question)
  if (frozen) return rankUnits(frozen)
  const standard = await standardOn(tx, dayToDate(fromDay))
  if (!standard) return []
  const { indicators } = standard
  if (question.unit !== undefined && !tx.unitIds.includes(question.unit)) throw notFound()
  const units = await readPlacedUnits(tx)
  const where = {
    ...wholeUnits(units, question.unit, { fromDay, toDay }),
    ...(question.product && { product: question.product }),
  }
  const asked = { fromDay, toDay, grain: 'whole' as const, by: 'unit' as const, where }
  const figureOf = await indicatorFigures(tx, indicators, asked, { now })
  const lowest = lowestUnits(tx, units, question.unit, toDay - 1)
  return rankUnits(
    lowest.map((unit) => ({
      unit,
      scored: scorePeriod(indicators, (indicator) => figureOf(indicator, 'whole', unit.id)),
    })),
  )
}

/** The units of a closed period as they were frozen; undefined where the figures asked for never were. */
async function frozenUnits(tx: Tx, question: ScorecardQuestion): Promise<RankedUnit[] | undefined> {
  const { period, unit, product, copy } = question
  if (product !== undefined || copy === 'live') return undefined
  const number = copy ?? (await newestNumber(tx, period))
  if (number === undefined) return undefined
  const cards = await cardsOfCopy(tx, period, number)
  if (cards.size === 0) return undefined
  const parents = new Set([...cards.values()].map(({ parentId }) => parentId))
  const lowest = [...cards.values()].filter(
    (one) => !parents.has(one.unit.id) && one.unit.id !== unit && isBelow(cards, one.parentId, unit),
  )
  return lowest.map((one) => ({ unit: one.unit, scored: scoredOf(one.card) }))
}

function isBelow(cards: Map<string, FrozenCard>, parentId: string | null, unit: string | undefined): boolean {
  if (unit === undefined || parentId === unit) return true
  const parent = parentId === null ? undefined : cards.get(parentId)
  return parent !== undefined && isBelow(cards, parent.parentId, unit)
}

const scoredOf = (card: ExactCard): RankedUnit['scored'] => ({
  total: card.total && ratioOf(card.total),
  baseWeight: fromDecimal(card.baseWeight),
  rows: card.indicators.map((one) => ({
    indicator: {
      target: { operator: one.target.op === '<=' ? '<=' : '>=', value: one.target.value },
      rule: one.rule,
      weight: one.weight,
    },
    figure: {
      n: one.n,
      state: one.state,
      interval: one.interval && [Number(one.interval[0]), Number(one.interval[1])],
    },
    score: one.score && ratioOf(one.score),
  })),
})
