import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { Change, FactKind } from '../platform/change.ts'
import { dayToDate, monthStart, type Zone } from '../platform/time.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { type Amounts, addShare } from './amounts.ts'
import { contribute } from './tallies.ts'

export const slices = ['whole', 'unit', 'agent', 'product', 'category', 'channel'] as const
export type Slice = (typeof slices)[number]

/** One slice member in one month, with signed amounts still to be merged into its stored cell. */
export interface CellDelta {
  slice: Slice
  member: string
  /** First day of the month, days since 1970-01-01. */
  month: number
  /** Amounts by distance from the first of the month; built when asked, so that few are in memory at once. */
  days(): Map<number, Amounts>
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
  /** What has been gathered since the last call; use it before adding more. */
  take(): CellDelta[]
  /** Fact versions gathered since the last `take`. */
  size(): number
}

/**
 * Gathers the shares of facts. Each fact's shares stand once in a flat array of [count, sign, (meta, day,
 * value)…]; a cell keeps only where its facts begin. Objects per share would take ten times the memory.
 */
export function accumulator(zone: Zone): Accumulator {
  let shares = new Float64Array(1 << 16)
  let used = 0
  let facts = 0
  let cells = slices.map(() => new Map<string, Map<number, number[]>>())
  const months: number[] = []

  const grow = () => {
    const larger = new Float64Array(shares.length * 2)
    larger.set(shares)
    shares = larger
  }
  const keep = (tally: number, day: number, value: number, n: number, missing: number) => {
    if (used + 3 > shares.length) grow()
    shares[used++] = tally + 32 * missing + 64 * n
    shares[used++] = day
    shares[used++] = value
    const month = monthStart(day)
    if (!months.includes(month)) months.push(month)
  }
  const add: Accumulator['add'] = (kind, fact, sign) => {
    if (used + 2 > shares.length) grow()
    const start = used
    used += 2
    months.length = 0
    contribute(kind, fact, zone, keep)
    shares[start] = (used - start - 2) / 3
    shares[start + 1] = sign
    facts++
    for (let i = 0; i < slices.length; i++) {
      const member = memberOf(slices[i]!, fact)
      if (member === null) continue
      let byMonth = cells[i]!.get(member)
      if (!byMonth) {
        byMonth = new Map()
        cells[i]!.set(member, byMonth)
      }
      for (const month of months) {
        const list = byMonth.get(month)
        if (list) list.push(start)
        else byMonth.set(month, [start])
      }
    }
  }
  const take = (): CellDelta[] => {
    const [from, taken] = [shares, cells]
    cells = slices.map(() => new Map())
    shares = new Float64Array(1 << 16)
    used = 0
    facts = 0
    return taken.flatMap((members, i) =>
      [...members].flatMap(([member, byMonth]) =>
        [...byMonth].map(([month, starts]) => ({
          slice: slices[i]!,
          member,
          month,
          days: () => buildDays(from, starts, month),
        })),
      ),
    )
  }
  return { add, take, size: () => facts }
}

function buildDays(shares: Float64Array, starts: number[], month: number): Map<number, Amounts> {
  const days = new Map<number, Amounts>()
  for (const start of starts) {
    const end = start + 2 + 3 * shares[start]!
    const sign = shares[start + 1] === 1 ? 1 : -1
    for (let at = start + 2; at < end; at += 3) {
      const day = shares[at + 1]! - month
      if (day < 0 || day > 30 || monthStart(shares[at + 1]!) !== month) continue
      let amounts = days.get(day)
      if (!amounts) {
        amounts = []
        days.set(day, amounts)
      }
      const meta = shares[at]!
      addShare(amounts, meta % 32, shares[at + 2]!, Math.floor(meta / 64), Math.floor(meta / 32) % 2, sign)
    }
  }
  return days
}

/** A change takes the old version's shares away and adds the new one's. */
export function addChange(into: Accumulator, change: Change): void {
  if (change.before) into.add(change.kind, change.before as WorkOrderFact | RatingFact, -1)
  if (change.after) into.add(change.kind, change.after as WorkOrderFact | RatingFact, 1)
}

export const monthDate = (cell: CellDelta): string => dayToDate(cell.month)
