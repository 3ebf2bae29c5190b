import type { z } from 'zod'
import type { Compared, Replayed, replayStandard } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { type Ratio, toDecimal, toNumber } from '../platform/ratio.ts'
import { notFound } from '../platform/refusal.ts'
import { checkIndicators, type Indicator } from '../standards/index.ts'
import { breakEven, type Points, shareOf } from './break-even.ts'
import { type FigureRow, figuresOf } from './figures.ts'
import { measureCodes, measureOf } from './measures.ts'
import { lowestUnits, rankUnits, type UnitName } from './rank-units.ts'
import { type PeriodScore, scorePeriod } from './score-period.ts'
import { periodOf, periodsUpTo, type ShownPeriod, standardsOn } from './scorecard.ts'
import { failedValue, isFew } from './value.ts'

type Asked = z.output<typeof replayStandard.body>

/**
 * Past periods, each scored by the standard of its own first day and by a draft, from the same figures: the totals, the
 * ranks of the units below, and for the last period the weights at which neighbours change places. Where the draft is
 * what was in force, both sides are the scores the scorecard and the comparison give. The draft's weights need not
 * total 100 yet. Refuses what could not be scored, and a unit the actor may not see (404).
 */
export async function replay(tx: Tx, asked: Asked, { now }: { now: Date }): Promise<Replayed> {
  checkIndicators(asked.indicators, measureCodes)
  if (asked.unit && !tx.unitIds.includes(asked.unit)) throw notFound()
  const shown = periodsUpTo(periodOf(asked.period), asked.periods)
  const standards = await standardsOn(tx, shown)
  const codes = [...asked.indicators, ...standards.flatMap((one) => one?.indicators ?? [])].map(
    ({ measure }) => measure,
  )
  const units = await lowestUnits(tx, asked.unit)
  const figures = await figuresShown(tx, [...new Set(codes)], shown, asked.unit, now)
  const periods = shown.map(({ label }, i) => {
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

/** Figures of a period: of all that is asked about, or of one unit in it. */
type FigureOf = (measure: string, period: string, unit?: string) => FigureRow | undefined

async function figuresShown(
  tx: Tx,
  codes: string[],
  shown: ShownPeriod[],
  unit: string | undefined,
  now: Date,
): Promise<FigureOf> {
  const [first, last] = [shown[0]!, shown.at(-1)!]
  const where = unit ? { unit } : {}
  const question = { fromDay: first.fromDay, toDay: last.toDay, grain: last.grain, where }
  // How many are too few differs by standard and is decided where a figure is scored.
  const options = { now, minimumN: () => 1 }
  const whole = indexed(await figuresOf(tx, codes, question, options))
  const split = indexed(await figuresOf(tx, codes, { ...question, by: 'unit' }, options))
  return (measure, period, id) => (id === undefined ? whole : split).get(keyOf(measure, period, id ?? null))
}

const keyOf = (measure: string, period: string, member: string | null) => `${measure} ${period} ${member}`

const indexed = (figures: Map<string, FigureRow[]>): Map<string, FigureRow> =>
  new Map(
    [...figures].flatMap(([measure, rows]) =>
      rows.map((row) => [keyOf(measure, row.period, row.member), row] as const),
    ),
  )

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
  const minimum = new Map(indicators.map(({ measure, minimumN }) => [measure, minimumN]))
  const broken = { ...failedValue(), provisional: false }
  const score = (unit?: string) =>
    scorePeriod(indicators, (measure) => {
      const found = figures(measure, period, unit)
      if (!found) return broken
      const few = found.state === 'ok' && isFew(measureOf(measure), found.n, minimum.get(measure)!)
      return few ? { ...found, state: 'few' } : found
    })
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
