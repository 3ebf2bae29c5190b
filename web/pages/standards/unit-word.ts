import { type Key, useWords } from '../../words.ts'

const words: Record<string, Key> = {
  min: 'unit.minutes',
  h: 'unit.hours',
  person_h: 'unit.personHours',
  count: 'unit.times',
  CNY: 'unit.yuan',
}

/** The bare word of a measure's unit, to stand behind a slot. */
export function useUnitWord(unit: string): string {
  const { t } = useWords()
  if (unit === '%') return unit
  return t(words[unit] ?? 'unit.points')
}
