import { DAY_MS, dayToDate, type Zone, zone } from '../platform/time.ts'
import type { Cell } from './read/table.ts'
import { DAYS_BEFORE_1970, type DateOrder, readClock, type Written } from './values-clock.ts'
import { allowsOrder, lastYearOf, orderOfDate } from './values-date-order.ts'
import { readByFormat } from './values-format.ts'
import { cellFault, cellText, isScientific } from './values-text.ts'
import { type Trouble, trouble } from './values-trouble.ts'

export interface InstantOptions {
  /** Explicit format of the texts. */
  format?: string
  /** IANA name of the zone of times that carry no offset of their own. */
  zone: string
  /** Order of three bare numbers; without it, only a text with one possible order is read. */
  order?: DateOrder
  /** Orders to try on an undecided text; it is read with the warning `ambiguous_date`. */
  guess?: readonly DateOrder[]
  now?: number
}

/** An instant in epoch ms; `dateOnly` says that its midnight was not written. */
export type ParsedInstant = { value: number; dateOnly: boolean; warning?: Trouble } | { fault: Trouble }

/** A time as an instant: a calendar time of a sheet, a count of days or seconds, or a text of any usual form. */
export function parseInstant(cell: Cell, options: InstantOptions): ParsedInstant {
  const now = options.now ?? Date.now()
  let warning: Trouble | undefined
  let written: Written | null
  if (typeof cell === 'string') {
    const reading = options.format ? byFormat(cell, options.format, now) : freely(cell, options, now)
    if ('fault' in reading) return reading
    written = reading.written
    warning = reading.warning
  } else {
    const fault = cellFault(cell)
    if (fault) return { fault }
    written = typeof cell === 'number' ? ofNumber(cell) : ofCalendar(cell)
    if (!written) return { fault: trouble('not_a_date', clip(cellText(cell))) }
  }
  return toInstant(written, zone(options.zone), now, warning)
}

function toInstant(written: Written, place: Zone, now: number, doubt: Trouble | undefined): ParsedInstant {
  const { localMs, dateOnly, offsetMs } = written
  let warning = doubt
  if (offsetMs === null) {
    const kind = place.localKind(localMs)
    // A day that begins at one o'clock still begins: only a written time can be wrong.
    if (kind === 'never' && !dateOnly) return { fault: trouble('nonexistent_time', place.name) }
    if (kind === 'twice' && !dateOnly) warning = trouble('repeated_time')
  }
  const value =
    offsetMs !== null
      ? localMs - offsetMs
      : dateOnly
        ? place.dayStartMs(localMs / DAY_MS)
        : place.toInstantMs(localMs)
  if (value < EARLIEST || value > now + TWO_YEARS) return { fault: trouble('implausible_time') }
  return warning ? { value, dateOnly, warning } : { value, dateOnly }
}

/** 1990-01-01, less the half day that zones may be ahead. */
const EARLIEST = Date.UTC(1990, 0, 1) - 14 * 3_600_000
const TWO_YEARS = 731 * DAY_MS

type TextReading = { written: Written; warning?: Trouble } | { fault: Trouble }

function byFormat(text: string, format: string, now: number): TextReading {
  const written = readByFormat(text, format, lastYearOf(now))
  return written ? { written } : { fault: textFault(text) ?? trouble('not_in_format', format) }
}

function freely(text: string, options: InstantOptions, now: number): TextReading {
  const lastYear = lastYearOf(now)
  let guessed: DateOrder | undefined
  let open = false
  const written = readClock(text, {
    lastYear,
    order(date) {
      if (options.order) return allowsOrder(date, options.order, lastYear) ? options.order : null
      const own = orderOfDate(date, lastYear)
      if (own !== null) return own ?? null
      open = true
      guessed = options.guess?.find((order) => allowsOrder(date, order, lastYear))
      return guessed ?? null
    },
  })
  if (written && guessed) return { written, warning: trouble('ambiguous_date', [...guessed].join('/')) }
  if (written) return { written }
  return {
    fault: open
      ? trouble('undecided_date', clip(text))
      : (textFault(text) ?? trouble('not_a_date', clip(text))),
  }
}

function textFault(text: string): Trouble | null {
  return isScientific(text.trim()) ? trouble('excel_scientific', text.trim()) : null
}

/** Days as Excel counts them, seconds or milliseconds since 1970, or a date written as the number 20241001. */
function ofNumber(number: number): Written | null {
  if (number >= 20_000 && number < 80_000) {
    return {
      localMs: Math.round((number - DAYS_BEFORE_1970) * DAY_MS),
      dateOnly: Number.isInteger(number),
      offsetMs: null,
    }
  }
  if (!Number.isInteger(number)) return null
  return readClock(String(number), { lastYear: 0, order: () => null })
}

function ofCalendar(cell: Cell): Written | null {
  if (typeof cell !== 'object' || cell === null || !('date' in cell)) return null
  const localMs = Date.parse(`${cell.date}Z`)
  return { localMs, dateOnly: cell.date.endsWith('T00:00:00.000'), offsetMs: null }
}

/** A calendar day, `YYYY-MM-DD`; a time of day is left out, the years 1900 to 9999 are taken. */
export function parseDate(
  cell: Cell,
  options: InstantOptions,
): { value: string; warning?: Trouble } | { fault: Trouble } {
  const now = options.now ?? Date.now()
  const fault = cellFault(cell)
  if (fault) return { fault }
  if (typeof cell === 'string') {
    const reading = options.format ? byFormat(cell, options.format, now) : freely(cell, options, now)
    if ('fault' in reading) return reading
    const value = dayToDate(Math.floor(reading.written.localMs / DAY_MS))
    return reading.warning ? { value, warning: reading.warning } : { value }
  }
  const written = typeof cell === 'number' ? ofNumber(cell) : ofCalendar(cell)
  if (!written) return { fault: trouble('not_a_date', clip(cellText(cell))) }
  return { value: dayToDate(Math.floor(written.localMs / DAY_MS)) }
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
