import type { Compared } from '../../contract/measurement.ts'
import { movingDays, type PlacedUnit, parentOn, pathOn } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { div, fromDecimal, type Ratio, sub, toNumber } from '../platform/ratio.ts'
import { scoreIndicator } from './score.ts'
import type { IndicatorScore, PeriodScore } from './score-period.ts'
import type { Value } from './value.ts'

export interface UnitName {
  id: string
  name: string
}

/** What a rank needs of an indicator, measured now or frozen. */
interface RankedIndicator extends Pick<IndicatorScore, 'score'> {
  indicator: Pick<IndicatorScore['indicator'], 'target' | 'rule' | 'weight'>
  figure: Pick<Value, 'n' | 'state' | 'interval'>
}

export interface RankedUnit {
  unit: UnitName
  scored: Pick<PeriodScore, 'total' | 'baseWeight'> & { rows: RankedIndicator[] }
}

/** Units below the one asked for (or all the actor sees) that had none below them on a day, by their names. */
export function lowestUnits(
  { unitIds }: Pick<Tx, 'unitIds'>,
  rows: readonly PlacedUnit[],
  unit: string | undefined,
  day: number,
): UnitName[] {
  const units = new Map(rows.map((row) => [row.id, row]))
  const own = new Set(unitIds)
  const parents = new Set(rows.map((row) => parentOn(row, day)))
  const isBelow = (id: string) => unit === undefined || (id !== unit && pathOn(units, id, day).includes(unit))
  return rows
    .filter(({ id }) => own.has(id) && !parents.has(id) && isBelow(id))
    .map(({ id, name }) => ({ id, name }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

/**
 * The filter of a split by unit in which each unit below the one asked for has its whole own figure: of a unit that came
 * or went in these days the parent has a part alone, so there every unit is asked for.
 */
export const wholeUnits = (
  rows: readonly PlacedUnit[],
  unit: string | undefined,
  { fromDay, toDay }: { fromDay: number; toDay: number },
): { unit?: string } =>
  unit === undefined || movingDays(rows).some((day) => day > fromDay && day < toDay) ? {} : { unit }

/**
 * Units by their scores of one period: the best total first, those that rest on too little last and without a rank,
 * those without any record left out.
 */
export function rankUnits(units: readonly RankedUnit[]): Compared[] {
  return ranked(units.map(compare).filter(({ n }) => n > 0))
}

function compare({ unit, scored }: RankedUnit): Omit<Compared, 'rank'> {
  const counted = scored.rows.filter(({ score }) => score !== null)
  const total = scored.total && toNumber(scored.total)
  return {
    unit,
    total,
    interval: total === null ? null : intervalOf(total, counted, scored.baseWeight),
    n: counted.length === 0 ? 0 : Math.min(...counted.map(({ figure }) => figure.n)),
    few: counted.some(({ figure }) => figure.state === 'few'),
  }
}

/** The scores at the ends of each indicator's interval pull the total either way; independent pulls add as squares. */
function intervalOf(total: number, counted: RankedIndicator[], baseWeight: Ratio): [number, number] {
  let [down, up] = [0, 0]
  for (const one of counted) {
    const share = toNumber(div(fromDecimal(one.indicator.weight), baseWeight))
    const [lowest, highest] = scoresAtEnds(one)
    down += (share * toNumber(sub(one.score!, lowest))) ** 2
    up += (share * toNumber(sub(highest, one.score!))) ** 2
  }
  const two = (value: number) => Math.round(value * 100) / 100
  return [two(Math.max(0, total - Math.sqrt(down))), two(Math.min(10, total + Math.sqrt(up)))]
}

/** Of a figure without interval nothing is known: all points or none. */
function scoresAtEnds({ indicator, figure }: RankedIndicator): [Ratio, Ratio] {
  if (figure.interval === null) return [fromDecimal('0'), fromDecimal('10')]
  const [one, other] = figure.interval.map((end) =>
    scoreIndicator(fromDecimal(end.toFixed(6)), indicator.target, indicator.rule),
  ) as [Ratio, Ratio]
  return toNumber(one) < toNumber(other) ? [one, other] : [other, one]
}

/** A rank is 1 and the number of units whose whole interval lies above one's own: what cannot be told apart, ties. */
function ranked(rows: Omit<Compared, 'rank'>[]): Compared[] {
  const firm = rows.filter(({ few, total }) => !few && total !== null)
  const rankOf = ({ interval }: Omit<Compared, 'rank'>) =>
    1 + firm.filter((other) => other.interval![0] > interval![1]).length
  const best = (one: { total: number | null }, other: { total: number | null }) =>
    (other.total ?? -1) - (one.total ?? -1)
  return [
    ...firm.sort(best).map((row) => ({ ...row, rank: rankOf(row) })),
    ...rows
      .filter((row) => !firm.includes(row))
      .sort(best)
      .map((row) => ({ ...row, rank: null })),
  ]
}
