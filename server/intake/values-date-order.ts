import type { Cell } from './read/table.ts'
import { type DateOrder, fullYear, readShortDate, type ShortDate } from './values-clock.ts'

export interface DateOrderVerdict {
  /** The order that fits every value; null while several do, or none. */
  order: DateOrder | null
  /** Set while several orders fit: how many values may be read in two ways, and one of them. */
  ambiguous: { code: 'ambiguous_date'; count: number; sample: string } | null
  /** True when no order fits every value: some were turned about on the way. */
  mixed: boolean
}

/** Learns from the values of a column which of three bare numbers is the day. */
export class DateOrderDetector {
  private possible = ANY
  private openCount = 0
  private sample = ''
  private readonly firsts = new Set<number>()
  private readonly lasts = new Set<number>()
  private readonly lastYear: number

  constructor(now: number = Date.now()) {
    this.lastYear = lastYearOf(now)
  }

  see(cell: Cell): void {
    if (typeof cell !== 'string' || cell.length < 6) return
    const date = readShortDate(cell)
    if (!date) return
    const orders = ordersOf(date, this.lastYear)
    if (orders === 0 || isSameEitherWay(date, orders)) return
    this.possible &= orders
    this.firsts.add(date.a)
    this.lasts.add(date.c)
    if ((orders & (orders - 1)) === 0) return
    this.openCount++
    if (this.sample === '') this.sample = cell.trim()
  }

  /** True while more values might decide it. */
  isOpen(): boolean {
    return this.openCount > 0 && this.possible !== 0 && orderOf(this.possible) === null
  }

  /** True when that order fits every value seen. */
  allows(order: DateOrder): boolean {
    return (this.possible & (order === 'ymd' ? YMD : order === 'dmy' ? DMY : MDY)) !== 0
  }

  verdict(): DateOrderVerdict {
    if (this.possible === 0) return { order: null, ambiguous: null, mixed: true }
    const order = orderOf(this.possible) ?? orderOf(this.possible & this.likely())
    const open = order === null && this.openCount > 0
    return {
      order,
      ambiguous: open ? { code: 'ambiguous_date', count: this.openCount, sample: this.sample } : null,
      mixed: false,
    }
  }

  /** Over many values a two-digit year changes far less than a day does. */
  private likely(): number {
    if (this.firsts.size >= 12 && this.lasts.size * 4 <= this.firsts.size) return ANY & ~YMD
    if (this.lasts.size >= 12 && this.firsts.size * 4 <= this.lasts.size) return YMD
    return ANY
  }
}

const YMD = 1
const DMY = 2
const MDY = 4
const ANY = YMD | DMY | MDY

/** The last plausible year, two years from now. */
export function lastYearOf(now: number): number {
  if (now !== asked.now) asked = { now, lastYear: new Date(now).getUTCFullYear() + 2 }
  return asked.lastYear
}

// Asked a million times a second with one and the same clock.
let asked = { now: Number.NaN, lastYear: 0 }

/** The orders that make a plausible date of three numbers, as bits. */
function ordersOf({ a, b, c, firstDigits, lastDigits }: ShortDate, lastYear: number): number {
  const isYear = (n: number) => fullYear(n, { lastYear }) >= 1990
  let orders = 0
  if (firstDigits === 2 && lastDigits <= 2 && isYear(a) && isMonth(b) && isDay(c)) orders |= YMD
  if (lastDigits === 4 || (lastDigits === 2 && isYear(c))) {
    if (isDay(a) && isMonth(b)) orders |= DMY
    if (isMonth(a) && isDay(b)) orders |= MDY
  }
  return orders
}

function isMonth(n: number): boolean {
  return n >= 1 && n <= 12
}

function isDay(n: number): boolean {
  return n >= 1 && n <= 31
}

/** 5/5/2024. */
function isSameEitherWay({ a, b }: ShortDate, orders: number): boolean {
  return a === b && (orders & YMD) === 0
}

function orderOf(orders: number): DateOrder | null {
  return orders === YMD ? 'ymd' : orders === DMY ? 'dmy' : orders === MDY ? 'mdy' : null
}

/** Order of one date by itself: its only one, null when there are several, undefined when there is none. */
export function orderOfDate(date: ShortDate, lastYear: number): DateOrder | null | undefined {
  const orders = ordersOf(date, lastYear)
  if (orders === 0) return undefined
  return isSameEitherWay(date, orders) ? 'dmy' : orderOf(orders)
}

export function allowsOrder(date: ShortDate, order: DateOrder, lastYear: number): boolean {
  return (ordersOf(date, lastYear) & (order === 'ymd' ? YMD : order === 'dmy' ? DMY : MDY)) !== 0
}
