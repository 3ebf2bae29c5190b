export const DAY_MS = 86_400_000

export interface CivilDate {
  year: number
  month: number
  day: number
}

/** Days since 1970-01-01 of a date of the Gregorian calendar; a month or day out of range carries over. */
export function civilDay(year: number, month: number, day: number): number {
  const carried = year + Math.floor((month - 1) / 12)
  const monthInYear = ((((month - 1) % 12) + 12) % 12) + 1
  // Years begin in March here, so that the leap day is the last day of its year.
  const shifted = monthInYear <= 2 ? carried - 1 : carried
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear =
    Math.floor((153 * (monthInYear > 2 ? monthInYear - 3 : monthInYear + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The date of a day counted from 1970-01-01. */
export function civilDate(days: number): CivilDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** `2024-05-03` of a day. */
export function dayToDate(day: number): string {
  const { year, month, day: dayOfMonth } = civilDate(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`
}

/** The day of `2024-05-03`; throws a RangeError for a text that is no date or a date that does not exist. */
export function dateToDay(date: string): number {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)
  const day = found ? civilDay(Number(found[1]), Number(found[2]), Number(found[3])) : Number.NaN
  if (!found || dayToDate(day) !== date) throw new RangeError(`not a date (YYYY-MM-DD): ${date}`)
  return day
}

export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A calendar period as local days, half-open. */
export interface Period {
  grain: Grain
  fromDay: number
  /** exclusive */
  toDay: number
}

/** Monday of the ISO week of a day. */
export function weekStart(day: number): number {
  // 1970-01-01 was a Thursday.
  return day - ((((day + 3) % 7) + 7) % 7)
}

export function monthStart(day: number): number {
  const { year, month } = civilDate(day)
  return civilDay(year, month, 1)
}

export function quarterStart(day: number): number {
  const { year, month } = civilDate(day)
  return civilDay(year, month - ((month - 1) % 3), 1)
}

export function yearStart(day: number): number {
  return civilDay(civilDate(day).year, 1, 1)
}

/** The same day of the month so many months on, or the last day of a shorter month. */
export function addMonths(day: number, months: number): number {
  const { year, month, day: dayOfMonth } = civilDate(day)
  const first = civilDay(year, month + months, 1)
  const lastOfMonth = civilDay(year, month + months + 1, 1) - 1
  return Math.min(first + dayOfMonth - 1, lastOfMonth)
}

export function periodStart(grain: Grain, day: number): number {
  if (grain === 'day') return day
  if (grain === 'week') return weekStart(day)
  if (grain === 'month') return monthStart(day)
  return grain === 'quarter' ? quarterStart(day) : yearStart(day)
}

/** First day after the period that holds a day. */
export function periodEnd(grain: Grain, day: number): number {
  if (grain === 'day') return day + 1
  if (grain === 'week') return weekStart(day) + 7
  const { year, month } = civilDate(periodStart(grain, day))
  return civilDay(year, month + (grain === 'month' ? 1 : grain === 'quarter' ? 3 : 12), 1)
}

/** `2024-W21`: the ISO week of a day, under the year its Thursday falls in. */
export function weekLabel(day: number): string {
  const monday = weekStart(day)
  const { year } = civilDate(monday + 3)
  const firstMonday = weekStart(civilDay(year, 1, 4))
  return `${year}-W${two((monday - firstMonday) / 7 + 1)}`
}

/** `2024`, `2024-Q2`, `2024-05`, `2024-W21` or `2024-05-03`: the period of that grain that holds a day. */
export function periodLabel(grain: Grain, day: number): string {
  if (grain === 'day') return dayToDate(day)
  if (grain === 'week') return weekLabel(day)
  const { year, month } = civilDate(day)
  if (grain === 'month') return `${year}-${two(month)}`
  return grain === 'quarter' ? `${year}-Q${Math.ceil(month / 3)}` : String(year)
}

/** The reverse of `periodLabel`; throws a RangeError for any other text. */
export function parsePeriod(label: string): Period {
  const found = /^(\d{4})(?:-(?:Q([1-4])|W(\d\d)|(\d\d)(?:-(\d\d))?))?$/.exec(label)
  if (!found) throw noPeriod(label)
  const [, yearText, quarter, week, month, dayOfMonth] = found
  const year = Number(yearText)
  const grain = quarter ? 'quarter' : week ? 'week' : dayOfMonth ? 'day' : month ? 'month' : 'year'
  const fromDay = week
    ? weekStart(civilDay(year, 1, 4)) + (Number(week) - 1) * 7
    : civilDay(year, quarter ? Number(quarter) * 3 - 2 : Number(month ?? 1), Number(dayOfMonth ?? 1))
  // A week 53 or a 30 February that does not exist comes back under another name.
  if (periodLabel(grain, fromDay) !== label) throw noPeriod(label)
  return { grain, fromDay, toDay: periodEnd(grain, fromDay) }
}

function noPeriod(label: string): RangeError {
  return new RangeError(`not a period (2024, 2024-Q2, 2024-05, 2024-W21 or 2024-05-03): ${label}`)
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}
