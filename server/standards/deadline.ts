import { civilDate, dayToDate, type Zone } from '../platform/time.ts'
import { type CalendarVersion, calendarDay, calendarOfDay, type DayKind, hoursOf } from './calendar.ts'
import { isYearKnown } from './chinese-days.ts'
import { dueOf, type Limit } from './due.ts'
import type { Words } from './shapes.ts'
import { aroundTheClock, type Pause, workBetween } from './working-time.ts'

export interface Deadline {
  /** Epoch ms; null where the limit never runs out. */
  dueAt: number | null
  /** Each local day from the start to the end, and the minutes of the limit that ran on it. */
  steps: { day: string; kind: DayKind; name: Words | null; minutes: number }[]
  /** Years on the way whose holidays are not known, so that only weekends are told from working days. */
  unknownYears: number[]
}

const mostSteps = 400

/** When a limit that begins at `fromMs` (epoch ms) runs out by a chain of calendars, and how it gets there. */
export function deadline(
  limit: Limit,
  fromMs: number,
  { zone, chain, pauses }: { zone: Zone; chain: CalendarVersion[][]; pauses: Pause[] },
): Deadline {
  const hours = hoursOf(zone, chain)
  const dueAt = dueOf(limit, fromMs, hours, pauses)
  const running = { ...(limit.runs === 'always' ? aroundTheClock(zone) : hours), pauses }
  const [first, last] = [zone.localDay(fromMs), zone.localDay(dueAt ?? fromMs)]
  const steps: Deadline['steps'] = []
  const unknownYears = new Set<number>()
  for (let day = first; day <= last && steps.length < mostSteps; day++) {
    const calendar = calendarOfDay(chain, dayToDate(day))
    if (!calendar) break
    const { year } = civilDate(day)
    if (limit.runs !== 'always' && calendar.holidays === 'cn' && !isYearKnown(year)) unknownYears.add(year)
    const { kind, name } = calendarDay(calendar, day)
    const from = Math.max(fromMs, zone.dayStartMs(day))
    const to = Math.min(dueAt ?? fromMs, zone.dayStartMs(day + 1))
    const minutes = from < to ? Math.round(workBetween(running, from, to) / 60_000) : 0
    steps.push({ day: dayToDate(day), kind, name, minutes })
  }
  return { dueAt, steps, unknownYears: [...unknownYears] }
}
