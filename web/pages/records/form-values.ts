import { pointsSign } from '../../../contract/words.ts'
import { instantOf, localOf } from '../../ui/local-time.ts'
import type { FormField } from './form-fields.ts'

/** What stands in the fields, as text. */
export type Typed = Record<string, string>

/** A record as the form shows it. A customer is known by code and masked name: an empty field leaves who it is. */
export function typedOf(fields: readonly FormField[], record: Record<string, unknown>, zone: string): Typed {
  const typed: Typed = {}
  for (const { name, input, of } of fields) {
    const value = record[of ?? name]
    if (name === 'customer' || value === null || value === undefined) continue
    if (of) typed[name] = (value as { id: string }).id
    else if (input === 'instant') typed[name] = localOf(String(value), zone)
    else if (input === 'day') typed[name] = localOf(String(value), zone).slice(0, 10)
    else if (typeof value !== 'object') typed[name] = String(value)
  }
  return typed
}

export interface Read {
  body: Record<string, string | number | boolean | null>
  /** Field → what is wrong with it. */
  faults: Record<string, 'required' | 'score' | 'number' | 'decimal' | 'money' | 'instant'>
}

/** The body for the route: what was filled in; in an edit only what differs from `before`, emptied fields as null. */
export function bodyOf(fields: readonly FormField[], typed: Typed, zone: string, before?: Typed): Read {
  const read: Read = { body: {}, faults: {} }
  for (const field of fields) {
    const { name, required } = field
    const text = (typed[name] ?? '').trim()
    if (before && text === (before[name] ?? '')) continue
    if (text === '') {
      if (before && !required && name !== 'unitId') read.body[name] = null
      else if (required && !(before && name === 'customer')) read.faults[name] = 'required'
      continue
    }
    const value = readField(field, text, zone)
    if (value === undefined) read.faults[name] = faultOf(field.input)
    else read.body[name] = value
  }
  return read
}

function readField({ input }: FormField, text: string, zone: string): Read['body'][string] | undefined {
  if (input === 'instant') return instantOf(text, zone)
  if (input === 'day') return instantOf(`${text}T00:00`, zone)
  if (input === 'score') {
    const score = Number(text.replace(pointsSign, ''))
    // One decimal, as it is kept: 4.55 would silently become another number.
    return score >= 1 && score <= 5 && Number.isInteger(Math.round(score * 1e6) / 1e5) ? score : undefined
  }
  if (input === 'yesNo') return text === 'true'
  if (input === 'decimal') return /^\d{1,4}(\.\d{1,4})?$/.test(text) ? Number(text) : undefined
  if (input === 'money') return /^\d{1,9}(\.\d{1,2})?$/.test(text) ? text : undefined
  if (input !== 'number') return text
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}

const faultOf = (input: FormField['input']) =>
  input === 'day'
    ? 'instant'
    : input === 'score' || input === 'instant' || input === 'money' || input === 'decimal'
      ? input
      : 'number'
