import type { z } from 'zod'
import {
  cause,
  type PeriodDifference,
  type PeriodState,
  type readCopy,
  type readPeriod,
  unitDifference,
} from '../../contract/measurement.ts'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate, type Grain, type Period, periodLabel, periodStart } from '../platform/time.ts'
import { causesOf, newestCopy, notClosed } from './closing.ts'
import { differencesOf, movedRows } from './copy-difference.ts'
import { keptAtState } from './kept-at-state.ts'
import { liveCards } from './live-cards.ts'
import { cardOfCopy, cardsOfCopy, copiesOf, newestCards, stateOfCopy } from './period-copies.ts'
import { liveCard, periodOf, unitOfCopies } from './scorecard.ts'

/** The last periods of a grain, the running one first, each with its state and copies. */
export async function listPeriods(
  tx: Tx,
  { grain, last }: { grain?: Grain | undefined; last: number },
  now: Date,
): Promise<{ grain: Grain; items: PeriodState[] }> {
  const { zone } = await organizationOf(tx)
  const asked = grain ?? (await monitoringPeriod(tx))
  const periods: Period[] = []
  let toDay = zone.localDay(now.getTime()) + 1
  while (periods.length < last) {
    const fromDay = periodStart(asked, toDay - 1)
    periods.push({ grain: asked, fromDay, toDay: periodEndOf(asked, fromDay) })
    toDay = fromDay
  }
  return { grain: asked, items: await statesOf(tx, periods, now) }
}

const periodEndOf = (grain: Grain, fromDay: number): number => periodOf(periodLabel(grain, fromDay)).toDay

async function monitoringPeriod(tx: Tx): Promise<Grain> {
  const row = await tx.one<{ grain: Grain }>(
    sql`select monitoring_period as grain from directory.organization where id = ${tx.organizationId}`,
  )
  return row?.grain ?? 'month'
}

async function statesOf(tx: Tx, periods: Period[], now: Date): Promise<PeriodState[]> {
  const labels = periods.map(({ grain, fromDay }) => periodLabel(grain, fromDay))
  const copies = await copiesOf(tx, labels)
  const { zone } = await organizationOf(tx)
  const today = zone.localDay(now.getTime())
  return periods.map(({ fromDay, toDay }, i) => {
    const own = copies.get(labels[i] ?? '') ?? []
    return {
      period: labels[i] ?? '',
      from: dayToDate(fromDay),
      to: dayToDate(toDay - 1),
      state: own[0] ? stateOfCopy(own[0].number) : 'open',
      over: today >= toDay,
      copies: own,
    }
  })
}

/** One period; refuses not_a_period (400). */
export async function periodState(tx: Tx, label: string, now: Date): Promise<PeriodState> {
  const [state] = await statesOf(tx, [periodOf(label)], now)
  return state!
}

/** The state of a period and how many indicators of one scorecard moved since its newest copy. */
export async function readThePeriod(
  tx: Tx,
  label: string,
  unit: string | undefined,
  now: Date,
): Promise<z.output<typeof readPeriod.reply>> {
  const state = await periodState(tx, label, now)
  const question = { period: label, ...(unit !== undefined && { unit }) }
  if (unit !== undefined && !tx.unitIds.includes(unit)) throw notFound()
  const frozenUnit = await unitOfCopies(tx, question)
  const frozen = frozenUnit && (await newestCards(tx, [label], frozenUnit)).get(label)
  if (!frozen) return { ...state, moved: null }
  const live = await liveCard(tx, question, [{ ...periodOf(label), label }], now)
  return { ...state, moved: movedRows(frozen.card, live).length }
}

/** A copy as it was written: of the unit asked for, else of all the actor sees. */
export async function readTheCopy(
  tx: Tx,
  { period, number, unit }: { period: string; number: number; unit: string | undefined },
): Promise<z.output<typeof readCopy.reply>> {
  periodOf(period)
  const of = await unitOfCopies(tx, unit === undefined ? {} : { unit })
  const found = of && tx.unitIds.includes(of) ? await cardOfCopy(tx, period, number, of) : undefined
  if (!found) throw notFound()
  const { madeAt, by, note, zone, card } = found
  return { number, madeAt, by, note, unit: found.unit, zone, card }
}

/** The newest copy against what the records give now, with what was done since. Refuses period_not_closed (409). */
export async function lateChanges(tx: Tx, label: string, now: Date): Promise<PeriodDifference> {
  const period = periodOf(label)
  const newest = await newestCopy(tx, label)
  if (!newest) throw notClosed(label)
  return keptAtState(tx, now, ['late changes', label, newest.number], async () => {
    const live = await liveCards(tx, period, { now, trend: false })
    const units = differencesOf(await cardsOfCopy(tx, label, newest.number), live)
    const causes = units.length === 0 ? [] : await causesOf(tx, period, newest, units)
    return {
      period: label,
      before: newest.number,
      after: null,
      units,
      causes: causes.map((one) => one.cause),
    }
  })
}

/** What a copy changed against the one before it, as it was written; against any other one, from both records. */
export async function copyDifference(
  tx: Tx,
  period: string,
  number: number,
  against: number | undefined,
): Promise<PeriodDifference> {
  periodOf(period)
  const before = against ?? number - 1
  const copies = (await copiesOf(tx, [period])).get(period) ?? []
  const [own, other] = [number, before].map((one) => copies.some((copy) => copy.number === one))
  if (!own || !other) throw notFound()
  if (before !== number - 1) {
    const units = differencesOf(await cardsOfCopy(tx, period, before), await cardsOfCopy(tx, period, number))
    return { period, before, after: number, units, causes: [] }
  }
  const units = await tx.rows<{ difference: string }>(sql`
    select d.difference from measurement.copy_difference d
    join measurement.copy_card c on c.organization_id = d.organization_id and c.period = d.period
      and c.number = d.number and c.unit_id = d.unit_id
    where d.organization_id = ${tx.organizationId} and d.period = ${period} and d.number = ${number}
      and d.unit_id = any(${tx.unitIds}::uuid[])
    order by c.parent_id is not null, c.unit_name`)
  const causes = await tx.rows<{ cause: string }>(sql`
    select cause from measurement.copy_cause
    where organization_id = ${tx.organizationId} and period = ${period} and number = ${number}
      and (unit_id is null or unit_id = any(${tx.unitIds}::uuid[])) order by position`)
  return {
    period,
    before,
    after: number,
    units: units.map((row) => unitDifference.parse(JSON.parse(row.difference))),
    causes: causes.map((row) => cause.parse(JSON.parse(row.cause))),
  }
}
