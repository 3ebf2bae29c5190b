import type { Cause } from '../../contract/measurement.ts'
import { type Sql, sql } from '../platform/sql.ts'
import type { Period, Zone } from '../platform/time.ts'
import type { MeasuredKind } from './kinds/measured-kind.ts'
import { periodBefore } from './period-before.ts'

/** One thing done that touched a period. */
export interface Touch {
  /** Tells it apart from all others: what a copy already holds is remembered by it. */
  key: string
  /** Whose it is; null where it concerns everybody. */
  unitId: string | null
  cause: Cause
}

export interface Since {
  period: Period
  zone: Zone
  rootUnitId: string
  /** When the earlier copy was made, in which zone, and what it already held. */
  madeAt: Date
  zoneThen: string
  known: ReadonlySet<string>
  /** Whether people are measured: by all the orders they resolved before, and the days they joined. */
  people: boolean
}

/** The facts of a kind that may count in the period: with a time in it, or as far back as their kind reaches. */
export function withinReach(
  { kind, anchoredWithin, reachesBack }: Pick<MeasuredKind<never>, 'kind' | 'anchoredWithin' | 'reachesBack'>,
  { period, zone, people }: Pick<Since, 'period' | 'zone' | 'people'>,
): Sql {
  const { fromDay } = reachesBack ? periodBefore(period) : period
  const to = new Date(zone.dayStartMs(period.toDay))
  const within = anchoredWithin(new Date(zone.dayStartMs(fromDay)), to)
  return people && kind === 'work_order' ? sql`(${within} or resolved_at < ${to})` : within
}

/** A cause of which only the given is known. */
export const made = (given: Partial<Cause> & Pick<Cause, 'kind'>): Cause => ({
  at: null,
  by: null,
  what: '',
  why: null,
  n: null,
  batch: null,
  lines: [],
  ...given,
})
