import { DAY_MS } from '../platform/time.ts'
import type { TimeLimit } from './shapes.ts'
import {
  afterWork,
  aroundTheClock,
  endOfWorkday,
  type Hours,
  type Pause,
  workBetween,
  workdayAfter,
} from './working-time.ts'

export type Limit = Pick<TimeLimit, 'seconds' | 'runs'>

/**
 * When a limit that began at `fromMs` (epoch ms) runs out; null where it never does: no work follows, or the pause has
 * no end yet. A pause prolongs every limit by what it takes of that limit's own time; one in working days by the
 * working time of its pauses, so a pause that lies in a night prolongs nothing.
 */
export function dueOf(
  limit: Limit,
  fromMs: number,
  hours: Hours,
  pauses: readonly Pause[] = [],
): number | null {
  if (limit.runs === 'always' && pauses.length === 0) return fromMs + limit.seconds * 1000
  const running = limit.runs === 'always' ? aroundTheClock(hours.zone) : hours
  const work = limit.runs === 'workdays' ? workOfDays(hours, fromMs, limit) : limit.seconds * 1000
  if (work === undefined) return null
  return afterWork({ ...running, pauses }, fromMs, work) ?? null
}

/** Working time from an instant to the end of the last of its working days, in ms. */
function workOfDays(hours: Hours, fromMs: number, { seconds }: Limit): number | undefined {
  const last = workdayAfter(hours, hours.zone.localDay(fromMs), (seconds * 1000) / DAY_MS)
  const end = last === undefined ? undefined : endOfWorkday(hours, last)
  return end === undefined ? undefined : workBetween(hours, fromMs, end)
}
