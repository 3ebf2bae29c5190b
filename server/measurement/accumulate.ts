import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { Change, FactKind } from '../platform/change.ts'
import { dayToDate, monthStart, type Zone } from '../platform/time.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { type Amounts, addShare } from './amounts.ts'
import { contribute } from './tallies.ts'

export const slices = ['whole', 'unit', 'agent', 'product', 'category', 'channel'] as const
export type Slice = (typeof slices)[number]

/** The days of one slice member in one month, as signed amounts still to be merged into its stored cell. */
export interface CellDelta {
  slice: Slice
  member: string
  /** First day of the month, days since 1970-01-01. */
  month: number
  days: Map<number, Amounts>
}

/** The member a fact belongs to in a slice; null when it has none. */
export function memberOf(slice: Slice, fact: WorkOrderFact | RatingFact): string | null {
  if (slice === 'whole') return ''
  if (slice === 'unit') return fact.unitId
  if (slice === 'agent') return fact.agentId
  if (slice === 'product') return fact.productId
  if (slice === 'channel') return fact.channel
  if (fact.category === null) return null
  return fact.subcategory === null ? fact.category : `${fact.category}-${fact.subcategory}`
}

export interface Accumulator {
  add(kind: FactKind, fact: WorkOrderFact | RatingFact, sign: 1 | -1): void
  /** What has been gathered since the last call. */
  take(): CellDelta[]
  size(): number
}

/** Gathers the shares of facts per slice member and local day. */
export function accumulator(zone: Zone): Accumulator {
  let cells = new Map<string, CellDelta>()
  const shares: number[] = []
  const keep = (tally: number, day: number, value: number, n: number, missing: number) => {
    shares.push(tally, day, value, n, missing)
  }
  const cellOf = (slice: Slice, member: string, month: number): CellDelta => {
    const key = `${slice} ${month} ${member}`
    let cell = cells.get(key)
    if (!cell) {
      cell = { slice, member, month, days: new Map() }
      cells.set(key, cell)
    }
    return cell
  }
  const add: Accumulator['add'] = (kind, fact, sign) => {
    shares.length = 0
    contribute(kind, fact, zone, keep)
    for (const slice of slices) {
      const member = memberOf(slice, fact)
      if (member === null) continue
      let lastDay = Number.NaN
      let amounts: Amounts = []
      for (let i = 0; i < shares.length; i += 5) {
        const day = shares[i + 1]!
        if (day !== lastDay) {
          const month = monthStart(day)
          const cell = cellOf(slice, member, month)
          const found = cell.days.get(day - month)
          amounts = found ?? []
          if (!found) cell.days.set(day - month, amounts)
          lastDay = day
        }
        addShare(amounts, shares[i]!, shares[i + 2]!, shares[i + 3]!, shares[i + 4]!, sign)
      }
    }
  }
  return {
    add,
    take: () => {
      const taken = [...cells.values()]
      cells = new Map()
      return taken
    },
    size: () => cells.size,
  }
}

/** A change takes the old version's shares away and adds the new one's. */
export function addChange(into: Accumulator, change: Change): void {
  if (change.before) into.add(change.kind, change.before as WorkOrderFact | RatingFact, -1)
  if (change.after) into.add(change.kind, change.after as WorkOrderFact | RatingFact, 1)
}

export const monthDate = (cell: CellDelta): string => dayToDate(cell.month)
