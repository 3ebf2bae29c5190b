import { DAY_MS } from '../../../platform/time.ts'

/** 9999-12-31 in days from 1899-12-30. */
const LAST_SERIAL = 2_958_465

/**
 * Calendar time of a day count, `YYYY-MM-DDTHH:mm:ss.SSS`, rounded to the millisecond; null where there is none: before
 * the first day, after 9999, and on 29 February 1900, which Excel counts and no calendar has.
 */
export function serialToCalendar(serial: number, from1904: boolean): string | null {
  const days = from1904 ? serial + 1462 : serial
  if (!(days >= 0 && days < LAST_SERIAL + 1)) return null
  const whole = Math.floor(days)
  if (whole === 60 && !from1904) return null
  // The day that never was puts all serials before it one day off.
  const epoch = whole < 60 && !from1904 ? EPOCH + DAY_MS : EPOCH
  const time = new Date(epoch + Math.round(days * DAY_MS))
  const text = time.toISOString().slice(0, -1)
  return text.length === 23 ? text : null
}

const EPOCH = Date.UTC(1899, 11, 30)

/** `HH:mm:ss` of a part of a day, or `H:mm:ss` of a span that may be longer, with milliseconds where there are any. */
export function serialToClock(serial: number): string {
  const total = Math.round(Math.abs(serial) * DAY_MS)
  const two = (n: number) => String(n).padStart(2, '0')
  const clock = `${two(Math.floor(total / 3_600_000))}:${two(Math.floor(total / 60_000) % 60)}:${two(Math.floor(total / 1000) % 60)}`
  const ms = total % 1000
  return `${serial < 0 ? '-' : ''}${clock}${ms > 0 ? `.${String(ms).padStart(3, '0')}` : ''}`
}
