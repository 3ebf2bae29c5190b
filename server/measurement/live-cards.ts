import type { ExactCard } from '../../contract/measurement.ts'
import { organizationOf, parentOn, readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Period } from '../platform/time.ts'
import type { Standard } from '../standards/index.ts'
import { catalogueFor } from './catalogue.ts'
import { exactCard, periodsShown, periodsUpTo, type ShownPeriod } from './exact-card.ts'
import { type FigureOf, indicatorFigures, isProvisional } from './figures.ts'
import { newestCardsOfAll } from './period-copies.ts'
import { indicatorsOf, liveCard, measuredAt, measuresIn, standardsOn } from './scorecard.ts'

export interface UnitCard {
  unit: { id: string; name: string }
  parentId: string | null
  card: ExactCard
}

/**
 * The scorecards of the organization (under its root unit) and of every unit, as each one's own question would give
 * them: what a copy is written from and compared with. `trend` false leaves out the periods before.
 */
export async function liveCards(
  tx: Tx,
  period: Period,
  { now, trend }: { now: Date; trend: boolean },
): Promise<Map<string, UnitCard>> {
  const upTo = periodsUpTo(period, periodsShown)
  const shown = trend ? upTo : upTo.slice(-1)
  const earlier = shown.slice(0, -1).map(({ label }) => label)
  const [standards, at, { rootUnitId, zone }, units, closed] = await Promise.all([
    standardsOn(tx, shown),
    measuredAt(tx),
    organizationOf(tx),
    readPlacedUnits(tx),
    newestCardsOfAll(tx, earlier),
  ])
  const closedOf = (unit: string) => closed.get(unit) ?? new Map<string, ExactCard>()
  const figureOf = await figuresByUnit(tx, shown, standards, { now, today: zone.localDay(now.getTime()) })
  const { of } = await catalogueFor(tx, measuresIn(standards))
  const whole = new Map([...closedOf(rootUnitId)].map(([label, card]) => [label, { card }]))
  const root = await liveCard(tx, { period: shown.at(-1)!.label }, shown, now, whole)
  const seen = units.filter(({ id }) => tx.unitIds.includes(id))
  const lastDay = shown.at(-1)!.toDay - 1
  const cards = seen.map(({ id, name, ...placed }): UnitCard => {
    const own = { shown, standards, of, measuredAt: at, closed: closedOf(id), figureOf: figureOf(id) }
    return {
      unit: { id, name },
      parentId: parentOn(placed, lastDay),
      card: id === rootUnitId ? root : exactCard(own),
    }
  })
  return new Map(cards.map((one) => [one.unit.id, one]))
}

/** The figures of all units in one question; a unit without records has what no records give. */
async function figuresByUnit(
  tx: Tx,
  shown: ShownPeriod[],
  standards: (Standard | undefined)[],
  { now, today }: { now: Date; today: number },
): Promise<(unit: string) => FigureOf> {
  const [first, last] = [shown[0]!, shown.at(-1)!]
  const question = {
    fromDay: first.fromDay,
    toDay: last.toDay,
    grain: last.grain,
    by: 'unit' as const,
    where: {},
  }
  const found = await indicatorFigures(tx, indicatorsOf(standards), question, { now })
  const endOf = new Map(shown.map(({ label, toDay }) => [label, toDay]))
  return (unit) => (indicator, label) => ({
    ...found(indicator, label, unit),
    provisional: isProvisional(indicator.measure, endOf.get(label) ?? last.toDay, today),
  })
}
