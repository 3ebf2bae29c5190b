export type Period = [fromMinute: number, toMinute: number]

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** `09:00–12:00, 13:00–18:00`; nothing for a day off. */
export const periodsText = (periods: readonly (readonly [number, number])[]): string =>
  periods.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(', ')

/**
 * Reads what people write: `9-12, 13:00~18:00`, with full-width signs too; nothing is a day off. Undefined for what is no
 * list of periods in order. A night is written as two days: 22:00–24:00 and 00:00–06:00.
 */
export function periodsIn(text: string): Period[] | undefined {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return []
  const periods: Period[] = []
  for (const part of plain.split(/[,;\u3001\s]+(?=\d)/)) {
    const found = /^(\d{1,2})(?::(\d{2}))?\s*[-–—~\u301c\u81f3]\s*(\d{1,2})(?::(\d{2}))?$/.exec(part.trim())
    if (!found) return undefined
    const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = found
    const from = Number(fromHour) * 60 + Number(fromMinute)
    const to = Number(toHour) * 60 + Number(toMinute)
    const before = periods.at(-1)
    if (Number(fromMinute) > 59 || Number(toMinute) > 59 || to > 1440 || from >= to) return undefined
    if (before && from < before[1]) return undefined
    periods.push([from, to])
  }
  return periods
}
