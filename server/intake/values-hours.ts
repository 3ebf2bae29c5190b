import { fromDecimal, toDecimal } from '../platform/ratio.ts'
import type { Cell } from './read/table.ts'
import { type ParsedDecimal, parseDecimal } from './values-number.ts'
import { cellText, halfWidth } from './values-text.ts'
import { type Parsed, trouble } from './values-trouble.ts'

/** Hours as an exact decimal of at most four places, a third of a second; the unit may stand behind them. */
export function parseHours(cell: Cell, most = 1000): Parsed<string> {
  const text = typeof cell === 'string' ? halfWidth(cellText(cell)).trim() : null
  const parsed = parseDecimal(text === null ? cell : text.replace(unit, ''))
  // Minutes and lessons are no hours, and 50% of what is not said.
  if ('fault' in parsed ? parsed.fault.code === 'not_a_number' : parsed.percent)
    return { fault: trouble('not_hours', cellText(cell).slice(0, 60)) }
  return within(parsed, most, 4)
}

const unit = /\s*(?:个?小时|hours?|hrs?|h)$/i

/** Points of an exam, to two decimals. */
export function parsePoints(cell: Cell, most = 1000): Parsed<string> {
  const parsed = parseDecimal(cell)
  if ('value' in parsed && parsed.percent)
    return { fault: trouble('not_a_number', cellText(cell).slice(0, 60)) }
  return within(parsed, most, 2)
}

function within(parsed: ParsedDecimal, most: number, places: number): Parsed<string> {
  if ('fault' in parsed) return parsed
  const { value, warning } = parsed
  if (value.startsWith('-') || Number(value) > most) return { fault: trouble('out_of_range', `0–${most}`) }
  const decimals = value.split('.')[1]?.replace(/0+$/, '') ?? ''
  const told = decimals.length > places ? trouble('rounded', String(places)) : warning
  const kept = toDecimal(fromDecimal(value), places).replace(/\.?0+$/, '')
  return told ? { value: kept, warning: told } : { value: kept }
}
