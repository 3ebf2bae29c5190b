import type { Compared } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { div, fromDecimal, type Ratio, sub, toNumber } from '../platform/ratio.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { standardOn } from '../standards/index.ts'
import { type FigureRow, figuresOf } from './figures.ts'
import { scoreIndicator } from './score.ts'
import { type IndicatorScore, type PeriodScore, scorePeriod } from './score-period.ts'
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
  const rows = lowest.map(({ id, name }) => {
    const own = (measure: string): FigureRow | undefined =>
      figures.get(measure)?.find(({ member }) => member === id)
    return compare(
      { id, name },
      scorePeriod(indicators, (measure) => own(measure) ?? broken),
    )
  })
  return ranked(rows.filter(({ n }) => n > 0))
}

/** Units at or below the one asked for that have none below them, the asked one itself left out. */
const lowestUnits = (tx: Tx, unit: string | undefined): Promise<{ id: string; name: string }[]> =>
  tx.rows(sql`
    select u.id, u.name from directory.unit u
    where u.organization_id = ${tx.organizationId} and u.id = any(${tx.unitIds}::uuid[])
      and u.id is distinct from ${unit ?? null}::uuid
      and not exists (select from directory.unit below
        where below.organization_id = ${tx.organizationId} and below.parent_id = u.id)
    order by u.name`)

function compare(unit: { id: string; name: string }, scored: PeriodScore): Omit<Compared, 'rank'> {
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
function intervalOf(total: number, counted: IndicatorScore[], baseWeight: Ratio): [number, number] {
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
function scoresAtEnds({ indicator, figure }: IndicatorScore): [Ratio, Ratio] {
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
