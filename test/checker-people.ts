// Measures of people by other code: of all orders a question is about, whenever they were resolved.

import type { OfAll } from './checker-customers.ts'
import { get } from './checker-doors.ts'
import { localDay } from './checker-rows.ts'
import { DAY, ms } from './checker-times.ts'

interface Person {
  id: string
  postings: { fromOn: string }[]
}

/** Of those who are here and those who left: the day they joined; nothing of who came with a file. */
async function joined(): Promise<Map<string, Date>> {
  const { items } = await get<{ items: Person[] }>('demo', '/api/people?left=yes')
  const first = ({ id, postings }: Person) => [id, postings.map(({ fromOn }) => fromOn).sort()[0]] as const
  return new Map(
    items
      .map(first)
      .flatMap(([id, day]) => (day && day !== '1970-01-01' ? [[id, new Date(day)] as const] : [])),
  )
}

/** Counted one by one: the months whose last day has come, a month of the 31st ending with that of a shorter one. */
function fullMonths(from: Date, lastDay: number): number {
  for (let months = 0; ; months++) {
    const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months + 1]
    const lastOfMonth = Date.UTC(year, month + 1, 0) / DAY
    const end = Math.min(Date.UTC(year, month, 1) / DAY + from.getUTCDate() - 2, lastOfMonth)
    if (end > lastDay) return months
  }
}

export async function ofPeople(now: number): Promise<Record<string, OfAll>> {
  const known = await joined()
  return {
    experience_points: (rows, { from, to, on }) => {
      const resolved = rows.flatMap(({ order, part, agent }) =>
        order?.resolvedAt && agent && known.has(agent) && (part === undefined || part === 'work')
          ? [{ agent, day: on(ms(order.resolvedAt)) }]
          : [],
      )
      const byPerson = Map.groupBy(
        resolved.filter(({ day }) => day <= to),
        ({ agent }) => agent,
      )
      const points = [...byPerson].flatMap(([agent, orders]) =>
        orders.some(({ day }) => day >= from)
          ? [fullMonths(known.get(agent)!, Math.min(to, localDay(now))) + orders.length / 100]
          : [],
      )
      const n = points.length
      return n === 0 ? null : { n, value: points.reduce((sum, one) => sum + one, 0) / n }
    },
  }
}
