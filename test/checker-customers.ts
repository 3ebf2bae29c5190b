// Measures of customers by other code: of all purchases a question is about at once.
// The formulas of the catalogue once more, by other code than the kernel's: what each record of a list gives to a measure.

import type { Row } from './checker-rows.ts'
import { DAY, ms } from './checker-times.ts'

/** Measures that no record gives a share to by itself: of the purchases or orders a question is about, and the local days asked for. */
export type OfAll = (rows: Row[], days: { from: number; to: number; on: (at: number) => number }) => Answer
type Answer = { n: number; value: number } | null

type Baskets = Map<string, number[]>

/** Each customer's purchases within the days, as what was paid for them; NaN where that is not known. */
function baskets(rows: Row[], { from, to, on }: Parameters<OfAll>[1]): Baskets {
  const found: Baskets = new Map()
  for (const { purchase: one } of rows) {
    if (!one?.customer) continue
    const day = on(ms(one.orderedAt))
    if (day < from || day > to) continue
    const { code } = one.customer
    found.set(code, [
      ...(found.get(code) ?? []),
      one.amount === null ? Number.NaN : Math.round(Number(one.amount) * 100),
    ])
  }
  return found
}

/** The days before: of a year, quarter or month the whole one before, else as many. Both ends are included. */
function daysBefore(from: number, to: number): { from: number; to: number } {
  const date = (day: number) => new Date(day * DAY)
  for (const months of [12, 3, 1]) {
    const first = date(from)
    const starts = first.getUTCDate() === 1 && first.getUTCMonth() % months === 0
    const month = (step: number) => Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + step, 1) / DAY
    if (starts && month(months) - 1 === to) return { from: month(-months), to: from - 1 }
  }
  return { from: from - (to - from + 1), to: from - 1 }
}

function kept(rows: Row[], days: Parameters<OfAll>[1]): { kept: number; before: number } | null {
  const earlier = baskets(rows, { ...days, ...daysBefore(days.from, days.to) })
  const later = baskets(rows, days)
  if (earlier.size === 0 || later.size === 0) return null
  return { kept: [...earlier.keys()].filter((code) => later.has(code)).length, before: earlier.size }
}

const share = (part: number, n: number): Answer => (n === 0 ? null : { n, value: (100 * part) / n })

export const ofCustomers: Record<string, OfAll> = {
  repeat_purchases: (rows, days) => {
    const all = [...baskets(rows, days).values()]
    const n = all.reduce((sum, one) => sum + one.length, 0)
    return n === 0 ? null : { n, value: n - all.length }
  },
  repeat_purchase_rate: (rows, days) => {
    const all = [...baskets(rows, days).values()]
    return share(all.filter((one) => one.length > 1).length, all.length)
  },
  repeat_purchase_share: (rows, days) => {
    const all = [...baskets(rows, days).values()]
    const spent = (some: number[][]) =>
      some.flat().reduce((sum, cents) => sum + (Number.isNaN(cents) ? 0 : cents), 0)
    if (spent(all) === 0) return null
    const n = all.filter((one) => one.some((cents) => !Number.isNaN(cents))).length
    return { n, value: (100 * spent(all.filter((one) => one.length > 1))) / spent(all) }
  },
  retention_rate: (rows, days) => {
    const found = kept(rows, days)
    return found && share(found.kept, found.before)
  },
  churn_rate: (rows, days) => {
    const found = kept(rows, days)
    return found && share(found.before - found.kept, found.before)
  },
}
