import type { Change, FactKind } from '../platform/change.ts'
import { ownText } from '../platform/own-text.ts'
import { dayToDate, monthStart, periodEnd, type Zone } from '../platform/time.ts'
import { openBlock } from './block.ts'
import { contribute, partsOf } from './kernel.ts'
import type { Fact } from './kinds/measured-kind.ts'
import { openMatrix } from './matrix.ts'
import { type Chain, chainsOf, type MonthShares, monthShares, spareList } from './month-shares.ts'
import type { OwnShares } from './own/compile.ts'

/** The last one holds, for each product, the month's tallies of every category (matrix.ts) and no days. */
export const slices = [
  'whole',
  'unit',
  'agent',
  'product',
  'category',
  'channel',
  'product_category',
] as const
const units = slices.indexOf('unit')
const across = slices.length - 1
export type Slice = (typeof slices)[number]

/** One slice member in one month, with signed amounts still to be merged into its stored cell. */
export interface CellDelta {
  slice: Slice
  member: string
  /** First day of the month, days since 1970-01-01. */
  month: number
  /** The cell's bytes once these amounts are added to the packed days (or matrix) it had; built when asked, which is once. */
  merge(storedDays?: Uint8Array): { total: Buffer; days: Buffer }
}

export interface Accumulator {
  add(kind: FactKind, fact: Fact, sign: 1 | -1): void
  /** What has been gathered for months that end by a day (all when not given) and not been taken before. */
  take(untilDay?: number): CellDelta[]
  /**
   * For who can put amounts aside: those of the months before the one at hand once much is gathered, all where that
   * leaves too much; else nothing.
   */
  takeSurplus(): CellDelta[]
  /** Fact versions gathered so far. */
  size(): number
}

/** Shares held loose before they are packed into their cells: about 20 MB. */
const mostLoose = 3_000_000

/**
 * Gathers the shares of facts by month. Each fact's shares stand once in the flat arrays of their month; past
 * `most` shares they are packed into cells in memory, so that it is the number of cells that bounds it.
 */
export function accumulator(zone: Zone, own: OwnShares, most = mostLoose): Accumulator {
  const block = openBlock()
  const matrix = openMatrix()
  const spare = spareList()
  const months = new Map<number, MonthShares>()
  const categories = new Map<string, Map<string, string>>()
  const touched: MonthShares[] = []
  let current: MonthShares | undefined
  let facts = 0
  let loose = 0
  let sign: 1 | -1 = 1

  const monthOf = (day: number): MonthShares => {
    if (current && day >= current.from && day < current.to) return current
    const from = monthStart(day)
    let month = months.get(from)
    if (!month) {
      month = monthShares(from, periodEnd('month', from), slices.length, spare)
      months.set(from, month)
    }
    current = month
    return month
  }
  const keep = (tally: number, day: number, value: number, n: number, missing: number) => {
    const month = monthOf(day)
    if (!month.isOpen()) {
      month.open(sign)
      touched.push(month)
    }
    month.put(day - month.from, tally, value, n, missing)
    loose++
  }
  const categoryOf = (fact: Fact): string | null => {
    if (fact.category === null || fact.subcategory === null) return fact.category
    let under = categories.get(fact.category)
    if (!under) {
      under = new Map()
      categories.set(fact.category, under)
    }
    let joined = under.get(fact.subcategory)
    if (joined === undefined) {
      joined = `${fact.category}-${fact.subcategory}`
      under.set(ownText(fact.subcategory), joined)
    }
    return joined
  }
  const add: Accumulator['add'] = (kind, fact, by) => {
    facts++
    sign = by
    for (const part of partsOf(kind, fact)) addPart(kind, part)
    if (loose > most) {
      for (const month of months.values()) month.fold(block, matrix)
      loose = 0
    }
  }
  const addPart = (kind: FactKind, fact: Fact) => {
    contribute(kind, fact, zone, keep, own)
    const category = touched.length > 0 ? categoryOf(fact) : null
    for (const month of touched) {
      month.link(units, fact.unitId)
      month.link(2, fact.agentId)
      month.link(3, fact.productId)
      month.linkText(4, category)
      month.linkText(5, fact.channel)
      if (fact.productId !== null && category !== null)
        month.linkAcross(fact.productId, matrix.numberOf(category))
      month.close()
    }
    touched.length = 0
  }
  const take: Accumulator['take'] = (untilDay = Number.POSITIVE_INFINITY) => {
    const deltas: CellDelta[] = []
    for (const [from, month] of months) {
      if (month.to > untilDay) continue
      months.delete(from)
      if (current === month) current = undefined
      loose -= month.loose()
      for (const delta of deltasOf(month)) deltas.push(delta)
    }
    return deltas
  }
  const deltasOf = (month: MonthShares): CellDelta[] => {
    let left = 0
    const deltaOf = (slice: number, member: string, merge: CellDelta['merge']): CellDelta => {
      left++
      let isMerged = false
      return {
        slice: slices[slice]!,
        member,
        month: month.from,
        merge: (stored) => {
          if (isMerged) throw new Error('a cell is merged once: its shares are gone')
          isMerged = true
          const packed = merge(stored)
          if (--left === 0) month.clear()
          return packed
        },
      }
    }
    const deltas = Array.from(chainsOf(month), ({ slice, member, chain }) =>
      deltaOf(slice, member, (stored) =>
        slice === across ? mergedAcross(month, chain, stored) : merged(month, slice, chain, stored),
      ),
    )
    // Behind the units, which by then may be packed.
    if (deltas.length > 0) deltas.push(deltaOf(0, '', (stored) => mergedWhole(month, stored)))
    return deltas
  }
  const takeSurplus = () => {
    if (loose < most * 0.75) return []
    const before = take(current?.from)
    return loose < most / 2 ? before : [...before, ...take()]
  }
  const merged = (month: MonthShares, slice: number, chain: Chain, stored?: Uint8Array) => {
    block.reset()
    month.pour(chain, slice, block)
    if (stored) {
      block.loadLast(stored)
      return block.pack()
    }
    const packed = block.pack()
    if (slice === units) {
      // All of the unit's shares once: the whole need not be poured of them again.
      chain.folded = packed.days
      chain.last = -1
    }
    return packed
  }
  const mergedWhole = (month: MonthShares, stored?: Uint8Array) => {
    block.reset()
    for (const chain of month.cells[units]!.values()) month.pour(chain, units, block)
    if (stored) block.loadLast(stored)
    return block.pack()
  }
  const mergedAcross = (month: MonthShares, chain: Chain, stored?: Uint8Array) => {
    matrix.reset()
    if (stored) matrix.load(stored)
    month.pourAcross(chain, matrix)
    return matrix.pack()
  }
  return { add, take, takeSurplus, size: () => facts }
}

/** A change takes the old version's shares away and adds the new one's. */
export function addChange(into: Accumulator, change: Change): void {
  if (change.before) into.add(change.kind, change.before as Fact, -1)
  if (change.after) into.add(change.kind, change.after as Fact, 1)
}

export const monthDate = (cell: CellDelta): string => dayToDate(cell.month)
