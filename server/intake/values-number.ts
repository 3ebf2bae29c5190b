import type { Cell } from './read/table.ts'
import { cellFault, cellText, halfWidth, isScientific, plainNumber } from './values-text.ts'
import { type Parsed, type Trouble, trouble } from './values-trouble.ts'

/** An exact decimal as text, never rounded; `percent` where it was written with a percent sign (92% is 92). */
export type ParsedDecimal = { value: string; percent?: true; warning?: Trouble } | { fault: Trouble }

export function parseDecimal(cell: Cell): ParsedDecimal {
  if (typeof cell === 'number') return { value: plainNumber(cell) }
  const fault = cellFault(cell)
  if (fault) return { fault }
  if (typeof cell !== 'string') return { fault: trouble('not_a_number', cellText(cell)) }
  return decimalOfText(halfWidth(cellText(cell)).trim())
}

function decimalOfText(text: string): ParsedDecimal {
  if (isPlain(text)) return { value: tidy(text) }
  if (isScientific(text)) return { fault: trouble('excel_scientific', text) }
  // Accounts put a negative in brackets.
  const owed = text.startsWith('(') && text.endsWith(')')
  const found = written.exec(owed ? text.slice(1, -1) : text)
  const digits = found?.groups?.digits
  if (!found?.groups || digits === undefined) {
    const doubtful = /^-?\d+,\d+$|^-?\d{1,3}(?:\.\d{3})+,\d+$/.test(text)
    return { fault: trouble(doubtful ? 'decimal_comma' : 'not_a_number', text.slice(0, 60)) }
  }
  const { minus, unit, remark } = found.groups
  const value = tidy(`${minus || owed ? '-' : ''}${digits.replaceAll(',', '')}`)
  return {
    value,
    ...(unit === '%' ? { percent: true as const } : {}),
    ...(remark ? { warning: trouble('remark_dropped') } : {}),
  }
}

/** Digits with at most one point and a sign. */
function isPlain(text: string): boolean {
  let points = 0
  let digits = 0
  for (let at = text.charCodeAt(0) === MINUS ? 1 : 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === POINT) points++
    else if (char >= 48 && char <= 57) digits++
    else return false
  }
  return digits > 0 && points < 2
}

const MINUS = 45
const POINT = 46

/** Currency before; thousands grouped by commas; a unit that changes nothing, or a percent sign, behind; a remark in brackets. */
const written =
  /^(?<minus>[-−])?\+?(?:[¥￥$€£]|RMB|CNY)?\s*(?<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)\s*(?<unit>%|分|元|次|个|件|星)?(?<remark>\s*\([^()]*\))?$/i

/** One form for one number: no leading zeros, no bare point, no minus zero. */
function tidy(text: string): string {
  const negative = text.charCodeAt(0) === MINUS
  let bare = negative ? text.slice(1) : text
  if (bare.length > 1 && (bare.charCodeAt(0) === 48 || bare.charCodeAt(0) === POINT)) {
    bare = bare.replace(/^0+(?=\d)/, '').replace(/^\./, '0.')
  }
  if (bare.endsWith('.')) bare = bare.slice(0, -1)
  return negative && /[1-9]/.test(bare) ? `-${bare}` : bare
}

export function parseInteger(cell: Cell): Parsed<number> {
  const parsed = parseDecimal(cell)
  if ('fault' in parsed) return parsed
  const value = Number(parsed.value)
  if (!Number.isSafeInteger(value) || parsed.percent)
    return { fault: trouble('not_an_integer', cellText(cell).slice(0, 60)) }
  return parsed.warning ? { value, warning: parsed.warning } : { value }
}

/** How often something happened: never less than not at all, nor so often that no record can hold it. */
export function parseCount(cell: Cell): Parsed<number> {
  const parsed = parseInteger(cell)
  if ('fault' in parsed) return parsed
  return parsed.value >= 0 && parsed.value <= mostTimes
    ? parsed
    : { fault: trouble('out_of_range', `0–${mostTimes}`) }
}

const mostTimes = 1_000_000

/** A rating from 1 to 5, to one decimal as stored; the five words of the questionnaire are numbers too. */
export function parseRating(cell: Cell): Parsed<number> {
  const word = typeof cell === 'string' ? ratingWords[cell.trim()] : undefined
  if (word !== undefined) return { value: word }
  const parsed = parseDecimal(cell)
  if ('fault' in parsed) return parsed
  const exact = Number(parsed.value)
  if (parsed.percent || !(exact >= 1 && exact <= 5)) return { fault: trouble('out_of_range', '1–5') }
  const value = Math.round(exact * 10) / 10
  const warning = value !== exact ? trouble('rating_rounded') : parsed.warning
  return warning ? { value, warning } : { value }
}

const ratingWords: Record<string, number> = Object.assign(Object.create(null), {
  非常满意: 5,
  很满意: 5,
  满意: 4,
  比较满意: 4,
  一般: 3,
  不满意: 2,
  非常不满意: 1,
  很不满意: 1,
})

/** A recommendation from 0 to 10, whole. */
export function parseNps(cell: Cell): Parsed<number> {
  const parsed = parseInteger(cell)
  if ('fault' in parsed) return parsed
  return parsed.value >= 0 && parsed.value <= 10 ? parsed : { fault: trouble('out_of_range', '0–10') }
}
