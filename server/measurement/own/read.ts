import type { OwnDefinition, Quantity } from '../../../contract/measurement-own.ts'
import { ownField } from '../../../contract/own-fields.ts'
import type { FactKind } from '../../platform/change.ts'
import type { Fact } from '../kinds/measured-kind.ts'

/** Fields that a fact calls otherwise than its list does. */
const called: Partial<Record<FactKind, Record<string, string>>> = {
  response: { submittedAt: 'at' },
  feedback: { receivedAt: 'at', score: 'overall' },
  inspection: { contactAt: 'at' },
}

/** What a fact holds in a field, as it stands in the fact, yes and no as the codes of their words; null where it is blank. */
export function readerOf(facts: FactKind, key: string): (fact: Fact) => string | number | null {
  const property = called[facts]?.[key] ?? key
  return (fact) => {
    const value = (fact as unknown as Record<string, string | number | boolean | null>)[property] ?? null
    return typeof value === 'boolean' ? String(value) : value
  }
}

/** A number of a record in whole parts of its unit, or ms; null where it is blank or a time runs backwards. */
export function numberReader(facts: FactKind, { field, until }: Quantity): (fact: Fact) => number | null {
  const read = readerOf(facts, field)
  if (until !== undefined) {
    const end = readerOf(facts, until)
    return (fact) => {
      const [from, to] = [read(fact), end(fact)]
      return typeof from === 'number' && typeof to === 'number' && to >= from ? to - from : null
    }
  }
  const scale = ownField(facts, field)?.scale ?? 1
  return (fact) => {
    const value = read(fact)
    return value === null ? null : inParts(value, scale)
  }
}

/** '4.5' of scale 10 → 45, without a float in between; what is finer than a part is cut off. */
function inParts(value: string | number, scale: number): number {
  if (typeof value === 'number') return value * scale
  const digits = String(scale).length - 1
  const [whole = '0', part = ''] = value.replace('-', '').split('.')
  const parts = Number(whole) * scale + Number(part.padEnd(digits, '0').slice(0, digits) || 0)
  return value.startsWith('-') ? -parts : parts
}

export type Sort = 'moment' | 'time' | 'amount' | 'text' | 'choice'

/** What a field, or the time from one until another, is. */
export const sortOf = (facts: FactKind, { field, until }: Quantity): Sort | undefined =>
  until === undefined ? ownField(facts, field)?.kind : 'time'

/** The unit a number is shown in, and how many of its parts make one. */
export function unitOf(
  { facts, timeUnit }: Pick<OwnDefinition, 'facts' | 'timeUnit'>,
  { field, until }: Quantity,
): { unit: 'min' | 'h' | 'person_h' | 'count' | 'CNY' | '分'; size: number } {
  if (until !== undefined) return { unit: timeUnit, size: timeUnit === 'h' ? 3_600_000 : 60_000 }
  const { unit = 'count', scale = 1 } = ownField(facts, field) ?? {}
  return { unit, size: scale }
}
