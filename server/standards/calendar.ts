import { dayToDate, type Zone } from '../platform/time.ts'
import { statutoryDay } from './chinese-days.ts'
import type { Words } from './shapes.ts'
import type { Hours, Period } from './working-time.ts'

/** The working time of an organization or one of its units, as a version of it says. */
export interface Calendar {
  /** Periods of Monday to Sunday. */
  week: Period[][]
  holidays: '' | 'cn'
  /** Days that are as said here, whatever week and holidays say; no periods is a day off. */
  days: { date: string; name: string; periods: Period[] }[]
}

/** What holds where no hours were ever published: five days a week, eight hours, China's public holidays. */
export const usualCalendar: Calendar = {
  week: [1, 2, 3, 4, 5, 6, 7].map((day) =>
    day > 5
      ? []
      : [
          [540, 720],
          [780, 1080],
        ],
  ),
  holidays: 'cn',
  days: [],
}

export interface CalendarVersion extends Calendar {
  effectiveOn: string
}

export type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeup' | 'own'

export interface CalendarDay {
  kind: DayKind
  name: Words | null
  periods: readonly Period[]
}

/** What a local day is under a calendar. A make-up workday is worked like the first working day of the week. */
export function calendarDay(calendar: Calendar, day: number): CalendarDay {
  const date = dayToDate(day)
  const own = calendar.days.find((one) => one.date === date)
  if (own) return { kind: 'own', name: { zh: own.name, en: own.name }, periods: own.periods }
  const statutory = calendar.holidays === 'cn' ? statutoryDay(date) : undefined
  if (statutory?.off) return { kind: 'holiday', name: statutory.name, periods: [] }
  if (statutory) {
    const usual = calendar.week.find((periods) => periods.length > 0) ?? []
    return { kind: 'makeup', name: statutory.name, periods: usual }
  }
  const periods = calendar.week[weekdayOf(day)] ?? []
  return { kind: periods.length > 0 ? 'workday' : 'weekend', name: null, periods }
}

/** 0 is Monday; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/** The version in force on a day: the last one effective by then, of several from one day the last published. */
export function calendarOn<Version extends CalendarVersion>(
  versions: readonly Version[],
  date: string,
): Version | undefined {
  let found: Version | undefined
  for (const version of versions)
    if (version.effectiveOn <= date && (!found || version.effectiveOn >= found.effectiveOn)) found = version
  return found
}

/**
 * The calendar of a day out of the versions of a unit and of the units above it, nearest first, each list as published.
 * A day before all versions has the farthest list's first one, so that the past is measured at all.
 */
export function calendarOfDay(
  chain: readonly (readonly CalendarVersion[])[],
  date: string,
): Calendar | undefined {
  const found = chain.map((versions) => calendarOn(versions, date)).find((one) => one !== undefined)
  const farthest = chain.findLast((versions) => versions.length > 0)
  return found ?? farthest?.toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1))[0]
}

/** Working hours out of such versions; each day is worked out once. */
export function hoursOf(zone: Zone, chain: readonly (readonly CalendarVersion[])[]): Hours {
  const kept = new Map<number, readonly Period[]>()
  const periodsOn = (day: number): readonly Period[] => {
    const calendar = calendarOfDay(chain, dayToDate(day))
    return calendar ? calendarDay(calendar, day).periods : []
  }
  return {
    zone,
    periodsOn: (day) => {
      const known = kept.get(day)
      if (known) return known
      const found = periodsOn(day)
      kept.set(day, found)
      return found
    },
  }
}
