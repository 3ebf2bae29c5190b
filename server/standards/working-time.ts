import type { Zone } from '../platform/time.ts'
import { DAY_MS } from '../platform/time.ts'

/** A period of a day in minutes of the wall clock, half-open: 09:00–17:30 is [540, 1050]; a day ends at 1440. */
export type Period = readonly [fromMinute: number, toMinute: number]

/** Instants in epoch ms, half-open; Infinity where the end is not known yet. */
export type Pause = readonly [fromMs: number, toMs: number]

/** When work is done. Days are counted from 1970-01-01 in local time, as `Zone` counts them. */
export interface Hours {
  zone: Zone
  /** The periods of a day, in order and apart; none on a day off. */
  periodsOn: (day: number) => readonly Period[]
  /** Times at which all stands still, working time or not; in order and apart. */
  pauses?: readonly Pause[]
}

/** Hours without a night: time as the clock on the wall counts it. */
export const aroundTheClock = (zone: Zone): Hours => ({ zone, periodsOn: () => [[0, 1440]] })

const MINUTE_MS = 60_000
/** Two years without work are a calendar without work: nothing ever falls due by it. */
const MAX_IDLE_DAYS = 732

/**
 * The instant (epoch ms) at which `workMs` of working time have passed since an instant. It is the earliest such one:
 * work that ends with the day is due at the end of the day, not on the next morning; no work at all is due at once where
 * work is being done, else when it begins again. Undefined where no work follows within two years.
 */
export function afterWork(hours: Hours, fromMs: number, workMs: number): number | undefined {
  if (workMs < 0) throw new RangeError(`working time cannot be negative: ${workMs}`)
  let left = workMs
  let idle = 0
  for (let day = hours.zone.localDay(fromMs); idle <= MAX_IDLE_DAYS; day++) {
    idle++
    for (const [start, end] of stretchesOn(hours, day)) {
      // A moment at the very end of a period is no longer in it.
      if (end <= fromMs) continue
      const from = Math.max(start, fromMs)
      if (left <= end - from) return from + left
      left -= end - from
      idle = 0
    }
  }
  return undefined
}

/** Working time between two instants, in ms; negative when they stand the other way round. */
export function workBetween(hours: Hours, fromMs: number, toMs: number): number {
  if (toMs < fromMs) return -workBetween(hours, toMs, fromMs)
  let sum = 0
  const last = hours.zone.localDay(toMs)
  for (let day = hours.zone.localDay(fromMs); day <= last; day++)
    for (const [start, end] of stretchesOn(hours, day))
      sum += Math.max(0, Math.min(end, toMs) - Math.max(start, fromMs))
  return sum
}

/** Whether work is being done at an instant. */
export const isWorking = (hours: Hours, atMs: number): boolean =>
  stretchesOn(hours, hours.zone.localDay(atMs)).some(([start, end]) => start <= atMs && atMs < end)

/**
 * Periods as instants, without the pauses. An hour the clocks skip is not worked, one they show twice is worked twice if
 * it lies inside.
 */
function* stretches(hours: Hours, day: number): Generator<[startMs: number, endMs: number]> {
  for (const [fromMinute, toMinute] of hours.periodsOn(day)) {
    let start = instantOf(hours.zone, day, fromMinute)
    const end = instantOf(hours.zone, day, toMinute)
    for (const [from, to] of hours.pauses ?? []) {
      if (to <= start) continue
      if (from >= end) break
      if (start < from) yield [start, from]
      start = to
    }
    if (start < end) yield [start, end]
  }
}
const stretchesOn = (hours: Hours, day: number) => [...stretches(hours, day)]

const instantOf = (zone: Zone, day: number, minute: number): number =>
  minute === 0
    ? zone.dayStartMs(day)
    : minute === 1440
      ? zone.dayStartMs(day + 1)
      : zone.toInstantMs(day * DAY_MS + minute * MINUTE_MS)

const isWorkday = (hours: Hours, day: number): boolean => hours.periodsOn(day).length > 0

/**
 * The day that many working days later (or, below zero, earlier). What begins on a day off begins on the next working
 * day in that direction. Undefined where two years hold no working day.
 */
export function addWorkdays(hours: Hours, day: number, count: number): number | undefined {
  const step = count < 0 ? -1 : 1
  let at: number | undefined = day
  if (count !== 0 && !isWorkday(hours, day)) at = nextWorkday(hours, day, step)
  for (let left = Math.abs(count); left > 0 && at !== undefined; left--) at = nextWorkday(hours, at, step)
  return at
}

/** The n-th working day after a day; the day itself is not counted, whether it is worked or not. */
export function workdayAfter(hours: Hours, day: number, count: number): number | undefined {
  let at: number | undefined = day
  for (let left = count; left > 0 && at !== undefined; left--) at = nextWorkday(hours, at, 1)
  return at
}

/** The end of the last period of a working day, in epoch ms. */
export const endOfWorkday = (hours: Hours, day: number): number | undefined =>
  stretchesOn(hours, day).at(-1)?.[1]

function nextWorkday(hours: Hours, day: number, step: 1 | -1): number | undefined {
  for (let i = 1; i <= MAX_IDLE_DAYS; i++) if (isWorkday(hours, day + i * step)) return day + i * step
  return undefined
}

/** Working days after the first day up to and with the last one; negative the other way round. */
export function workdaysBetween(hours: Hours, fromDay: number, toDay: number): number {
  if (toDay < fromDay) return -workdaysBetween(hours, toDay, fromDay)
  let count = 0
  for (let day = fromDay + 1; day <= toDay; day++) if (isWorkday(hours, day)) count++
  return count
}
