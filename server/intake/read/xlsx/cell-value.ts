import type { Cell } from '../table.ts'
import { serialToCalendar, serialToClock } from './serial.ts'
import { type NumberStyle, plainStyle } from './styles.ts'

/** A number of a sheet as its format means it: what a person sees in the cell, to the full precision stored. */
export function numberCell(text: string, style: NumberStyle = plainStyle, from1904: boolean): Cell {
  const exact = Number(text)
  // A sheet computes with more digits than it shows: 0.30000000000000004 is 0.3 to its author.
  const number = Number.isInteger(exact) ? exact : Number(exact.toPrecision(15))
  if (text.trim() === '' || !Number.isFinite(number)) return { fault: 'error', text: text.slice(0, 200) }
  switch (style.kind) {
    case 'plain':
      return number
    case 'padded':
      return Number.isInteger(number) && number >= 0 ? String(number).padStart(style.digits, '0') : number
    case 'percent':
      return `${shiftDecimal(String(number), 2)}%`
    case 'elapsed':
      return serialToClock(number)
    case 'date':
      return dateCell(exact, text, from1904)
  }
}

/** A time of day without a day is a text such as 14:30:00. */
function dateCell(serial: number, text: string, from1904: boolean): Cell {
  if (serial >= 0 && serial < 1 && !from1904) return serialToClock(serial)
  const date = serialToCalendar(serial, from1904)
  return date === null ? { fault: 'no_such_date', text } : { date }
}

/** Moves the point of a decimal to the right, digit by digit: 0.07 becomes 7 and not 7.000000000000001. */
function shiftDecimal(text: string, places: number): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!found) return String(Number(text) * 10 ** places)
  const [, sign = '', whole = '', fraction = ''] = found
  const digits = fraction.padEnd(places, '0')
  const moved = `${whole}${digits.slice(0, places)}`.replace(/^0+(?=\d)/, '')
  return digits.length > places ? `${sign}${moved}.${digits.slice(places)}` : `${sign}${moved}`
}

/** A cell that stores its time as ISO text. */
export function isoCell(text: string): Cell {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?)?Z?$/.exec(text)
  if (!found) return { fault: 'no_such_date', text: text.slice(0, 200) }
  const [, date, clock = '00:00:00', ms = ''] = found
  return { date: `${date}T${clock}.${ms.padEnd(3, '0')}` }
}
