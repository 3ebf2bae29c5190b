import { plainText } from '../platform/spreadsheet.ts'
import type { Cell } from './read/table.ts'
import { type Parsed, type Trouble, trouble } from './values-trouble.ts'

/** The fault of a cell that holds no value, or undefined. */
export function cellFault(cell: Cell): Trouble | undefined {
  if (typeof cell !== 'object' || cell === null || !('fault' in cell)) return undefined
  switch (cell.fault) {
    case 'formula':
      return trouble('formula_cell')
    case 'error':
      return trouble('error_cell', cell.text)
    case 'nul':
      return trouble('nul_character')
    case 'too_long':
      return trouble('too_long')
    case 'surplus':
      return trouble('surplus_cells', cell.text)
    case 'no_such_date':
      return trouble('no_such_date', cell.text)
  }
}

/**
 * What a person sees in the cell, trimmed. An apostrophe before a formula sign or a number, as Excel and our own exports
 * put it, is no part of it.
 */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') {
    const text = cell.trim()
    return text.charCodeAt(0) === APOSTROPHE ? withoutQuote(cell.trimStart()) : text
  }
  if (cell === null) return ''
  if (typeof cell === 'number') return plainNumber(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return 'date' in cell ? calendarText(cell.date) : cell.text
}

const APOSTROPHE = 39

function withoutQuote(text: string): string {
  return (/^'[\d.]+\s*$/.test(text) ? text.slice(1) : plainText(text)).trim()
}

/** All digits, never an exponent. */
export function plainNumber(number: number): string {
  const text = String(number)
  if (!text.includes('e')) return text
  return Number.isInteger(number) ? BigInt(number).toString() : number.toFixed(20).replace(/\.?0+$/, '')
}

/** `2024-10-01`, `2024-10-01 14:30:00` or with milliseconds, as far as there are any. */
function calendarText(date: string): string {
  const [day = '', clock = ''] = date.split('T')
  if (clock === '00:00:00.000') return day
  return `${day} ${clock.endsWith('.000') ? clock.slice(0, 8) : clock}`
}

/** A text; numbers damaged by Excel on the way are faulted where that is certain and warned of where it may be. */
export function parseText(cell: Cell): Parsed<string> {
  const fault = cellFault(cell)
  if (fault) return { fault }
  const value = cellText(cell)
  if (typeof cell === 'number') {
    return lostDigits(value) ? { value, warning: trouble('digits_lost', value) } : { value }
  }
  if (value.length < 16 && isScientific(value)) return { fault: trouble('excel_scientific', value) }
  return { value }
}

/** `1.38E+10`, as Excel shows and saves a long number. */
export function isScientific(text: string): boolean {
  const sign = text.indexOf('+')
  return sign > 1 && /^-?\d(?:\.\d+)?[Ee]\+\d{2,3}$/.test(text)
}

function lostDigits(text: string): boolean {
  return (
    text.length >= 15 && /^-?\d+$/.test(text) && (text.endsWith('0') || !Number.isSafeInteger(Number(text)))
  )
}

/** Full-width digits, letters and signs as their usual forms. */
export function halfWidth(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) >= 0x3000) {
      return text.replace(/[\u3000\uff01-\uff5e]/g, (char) =>
        char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
      )
    }
  }
  return text
}
