import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Words } from './shapes.ts'

/** What the State Council's yearly notice makes of a day: a statutory day off, or a weekend day that is worked. */
export interface StatutoryDay {
  off: boolean
  name: Words
}

const dayOf = (entry: string, off: boolean): StatutoryDay => {
  const [en = '', zh = ''] = entry.split(',')
  return { off, name: { zh, en } }
}

const days = new Map<string, StatutoryDay>([
  ...Object.entries(published.holidays).map(([day, entry]) => [day, dayOf(entry, true)] as const),
  ...Object.entries(published.workdays).map(([day, entry]) => [day, dayOf(entry, false)] as const),
])

export const statutoryDay = (date: string): StatutoryDay | undefined => days.get(date)

/**
 * Whether the notice for a year is known. It comes out late in the year before; until then only weekdays and weekends
 * can be told apart.
 */
export const isYearKnown = (year: number): boolean => knownYears.has(year)

/** A year counts as known with five holidays' worth of days: stray days of a neighbouring notice are not a year. */
const knownYears = new Set(
  Object.entries(Object.groupBy(Object.keys(published.holidays), (date) => date.slice(0, 4)))
    .filter(([, dates]) => (dates?.length ?? 0) >= 15)
    .map(([year]) => Number(year)),
)
export const lastKnownYear = Math.max(...knownYears)
