import type { Figure } from '../../../contract/measurement.ts'

export type Better = 'lower' | 'higher' | 'none'

/** 1 when `to` is better than `from`, −1 when worse, 0 when neither (or when no direction is better). */
export function turn(from: number, to: number, better: Better): -1 | 0 | 1 {
  if (from === to || better === 'none') return 0
  return to > from === (better === 'higher') ? 1 : -1
}

/** How many periods up to the last moved the same way, and which; a gap or a standstill ends the run. */
export function streak(values: (number | null)[], better: Better): { way: -1 | 0 | 1; periods: number } {
  let way: -1 | 0 | 1 = 0
  let periods = 0
  for (let i = values.length - 1; i > 0; i--) {
    const [from, to] = [values[i - 1], values[i]]
    if (from === null || from === undefined || to === null || to === undefined) break
    const moved = turn(from, to, better)
    if (moved === 0 || (way !== 0 && moved !== way)) break
    way = moved
    periods++
  }
  return { way, periods }
}

/** Whether two figures differ by more than their doubt: their intervals do not meet. */
export const apart = (one: Pick<Figure, 'interval'>, other: Pick<Figure, 'interval'>): boolean =>
  one.interval !== null &&
  other.interval !== null &&
  (one.interval[0] > other.interval[1] || one.interval[1] < other.interval[0])
