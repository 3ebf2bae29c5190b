import type { z } from 'zod'
import type { Compared, Replayed, replayStandard } from '../../contract/measurement.ts'
import { type PlacedUnit, readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Ratio, toDecimal, toNumber } from '../platform/ratio.ts'
import { notFound } from '../platform/refusal.ts'
import { checkIndicators, type Indicator } from '../standards/index.ts'
import { breakEven, type Points, shareOf } from './break-even.ts'
import { wholeCatalogue } from './catalogue.ts'
import { periodsUpTo, type ShownPeriod } from './exact-card.ts'
import { type FigureOf, indicatorFigures } from './figures.ts'
import { lowestUnits, rankUnits, type UnitName, wholeUnits } from './rank-units.ts'
import { type PeriodScore, scorePeriod } from './score-period.ts'
import { periodOf, standardsOn } from './scorecard.ts'

type Asked = z.output<typeof replayStandard.body>

/**
 * Past periods, each scored by the standard of its own first day and by a draft, from the same figures: the totals, the
 * ranks of the units below, and for the last period the weights at which neighbours change places. Where the draft is
 * what was in force, both sides are the scores the scorecard and the comparison give. The draft's weights need not
 * total 100 yet. Refuses what could not be scored, and a unit the actor may not see (404).
 */
export async function replay(tx: Tx, asked: Asked, { now }: { now: Date }): Promise<Replayed> {
  const { measures } = await wholeCatalogue(tx)
  checkIndicators(
    asked.indicators,
    measures.map(({ code }) => code),
  )
  if (asked.unit && !tx.unitIds.includes(asked.unit)) throw notFound()
  const shown = periodsUpTo(periodOf(asked.period), asked.periods)
  const standards = await standardsOn(tx, shown)
  const all = [...asked.indicators, ...standards.flatMap((one) => one?.indicators ?? [])]
  const placed = await readPlacedUnits(tx)
  const figures = await figuresShown(tx, all, shown, placed, asked.unit, now)
  const periods = shown.map(({ label, toDay }, i) => {
    const units = lowestUnits(tx, placed, asked.unit, toDay - 1)
    const inForce = standards[i]?.indicators ?? []
    const scored = (indicators: readonly Indicator[]) => scoredBy(indicators, label, units, figures)
    return { label, standard: standards[i], before: scored(inForce), after: scored(asked.indicators) }
  })
  const last = periods.at(-1)!
  return {
    period: last.label,
    periods: periods.map(({ label, standard, before, after }) => ({
      period: label,
      standard: standard ? `v${standard.version}` : null,
      before: before.total,
      after: after.total,
      moved: after.ranked.filter(({ unit, rank }) => {
        const was = rankIn(before.ranked, unit.id)
        return rank !== null && was !== null && was !== rank
      }).length,
    })),
    units: unitRows(last.before.ranked, last.after.ranked),
    breakEvens: breakEvens(asked.indicators, last.after),
  }
}

async function figuresShown(
  tx: Tx,
  indicators: readonly Indicator[],
  shown: ShownPeriod[],
  placed: readonly PlacedUnit[],
  unit: string | undefined,
  now: Date,
): Promise<FigureOf> {
  const [first, last] = [shown[0]!, shown.at(-1)!]
  const question = { fromDay: first.fromDay, toDay: last.toDay, grain: last.grain }
  const asked = { ...question, where: unit ? { unit } : {} }
  const whole = await indicatorFigures(tx, indicators, asked, { now })
  const below = { ...question, where: wholeUnits(placed, unit, question), by: 'unit' as const }
  const split = await indicatorFigures(tx, indicators, below, { now })
  return (indicator, period, id) => (id === undefined ? whole : split)(indicator, period, id)
}

interface Scored {
  total: number | null
  ranked: Compared[]
  byUnit: Map<string, PeriodScore>
}

function scoredBy(
  indicators: readonly Indicator[],
  period: string,
  units: readonly UnitName[],
  figures: FigureOf,
): Scored {
  const score = (unit?: string) => scorePeriod(indicators, (one) => figures(one, period, unit))
  const byUnit = new Map(units.map((unit) => [unit.id, score(unit.id)]))
  return {
    total: numberOf(score().total),
    ranked: rankUnits(units.map((unit) => ({ unit, scored: byUnit.get(unit.id)! }))),
    byUnit,
  }
}

function unitRows(before: Compared[], after: Compared[]): Replayed['units'] {
  // A unit that only one side can score is shown all the same.
  const all = [...after, ...before.filter(({ unit }) => !after.some((one) => one.unit.id === unit.id))]
  const placeIn = (rows: Compared[], id: string) => {
    const found = rows.find(({ unit }) => unit.id === id)
    return { total: found?.total ?? null, rank: found?.rank ?? null }
  }
  return all.map(({ unit }) => ({ unit, before: placeIn(before, unit.id), after: placeIn(after, unit.id) }))
}

const rankIn = (rows: Compared[], id: string) => rows.find(({ unit }) => unit.id === id)?.rank ?? null

/** For each indicator of the draft: where the units that stand beside each other would change places. */
function breakEvens(indicators: readonly Indicator[], { ranked, byUnit }: Scored): Replayed['breakEvens'] {
  const firm = ranked.filter(({ rank }) => rank !== null).map(({ unit }) => unit.id)
  const neighbours = firm.slice(1).map((lower, i) => ({ upper: firm[i]!, lower }))
  const points = new Map(firm.map((id) => [id, pointsOf(byUnit.get(id)!)]))
  return indicators.map(({ code, nameZh, nameEn }) => {
    const found = neighbours.map(({ upper, lower }) => ({
      upper,
      lower,
      weight: breakEven(indicators, code, points.get(upper)!, points.get(lower)!),
    }))
    const share = shareOf(indicators, code)
    return {
      code,
      name: { zh: nameZh, en: nameEn },
      weight: share && toDecimal(share, 2),
      flips: found.flatMap(({ weight, ...pair }) =>
        typeof weight === 'string' ? [] : [{ ...pair, weight: toDecimal(weight, 2) }],
      ),
      otherBase: found.filter(({ weight }) => weight === 'other_base').length,
    }
  })
}

const pointsOf = ({ rows }: PeriodScore): Points =>
  new Map(rows.map(({ indicator, score }) => [indicator.code, score]))

const numberOf = (exact: Ratio | null): number | null => (exact ? toNumber(exact) : null)
