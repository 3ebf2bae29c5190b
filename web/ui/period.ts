/** Calendar arithmetic on period labels, all in UTC days: `2024`, `2024-Q2`, `2024-05`, `2024-W21`, `2024-05-03`. */
export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year'
export const grainsShown: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year']

const dayMs = 86_400_000
const two = (n: number) => String(n).padStart(2, '0')
const dateOf = (day: string) => new Date(`${day}T00:00:00Z`)
const dayOf = (date: Date) => date.toISOString().slice(0, 10)

export function grainOf(label: string): Grain {
  if (label.length === 4) return 'year'
  if (label.length === 10) return 'day'
  return label[5] === 'Q' ? 'quarter' : label[5] === 'W' ? 'week' : 'month'
}

/** The period of that grain in which the day lies. */
export function periodOf(grain: Grain, day: string): string {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
  if (grain === 'year') return year
  if (grain === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`
  if (grain === 'month') return day.slice(0, 7)
  return grain === 'week' ? weekOf(day) : day
}

function weekOf(day: string): string {
  const date = dateOf(day)
  // A week belongs to the year of its Thursday (ISO 8601).
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * dayMs)
  const year = thursday.getUTCFullYear()
  return `${year}-W${two(Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayMs / 7) + 1)}`
}

export function firstDay(label: string): string {
  const year = Number(label.slice(0, 4))
  switch (grainOf(label)) {
    case 'year':
      return `${label}-01-01`
    case 'quarter':
      return `${year}-${two(Number(label[6]) * 3 - 2)}-01`
    case 'month':
      return `${label}-01`
    case 'day':
      return label
    case 'week': {
      const fourth = Date.UTC(year, 0, 4)
      const monday = fourth - ((new Date(fourth).getUTCDay() || 7) - 1) * dayMs
      return dayOf(new Date(monday + (Number(label.slice(6)) - 1) * 7 * dayMs))
    }
  }
}

/** The period `steps` later (or earlier, when negative) of the same grain. */
export function stepped(label: string, steps: number): string {
  const grain = grainOf(label)
  const first = dateOf(firstDay(label))
  if (grain === 'day' || grain === 'week')
    return periodOf(grain, dayOf(new Date(first.getTime() + steps * dayMs * (grain === 'week' ? 7 : 1))))
  const months = { month: 1, quarter: 3, year: 12 }[grain]
  return periodOf(
    grain,
    dayOf(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + steps * months, 1))),
  )
}

export const lastDay = (label: string): string =>
  dayOf(new Date(dateOf(firstDay(stepped(label, 1))).getTime() - dayMs))

/** The period that these two days bound, both included; undefined when they bound none. */
export function periodBetween(first: string, last: string): string | undefined {
  return grainsShown
    .map((grain) => periodOf(grain, first))
    .find((label) => firstDay(label) === first && lastDay(label) === last)
}

/** All periods of the grain that begin in the year, oldest first; of days those of the month `2024-05`. */
export function periodsIn(grain: Grain, span: string): string[] {
  const found: string[] = []
  let label = periodOf(grain, firstDay(span))
  if (grain === 'week' && label.slice(0, 4) < span) label = stepped(label, 1)
  while (label.startsWith(span)) {
    found.push(label)
    label = stepped(label, 1)
  }
  return found
}
