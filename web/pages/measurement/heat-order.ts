import type { Figure } from '../../../contract/measurement.ts'

export interface Heat {
  /** Products and categories with the most records first. */
  rows: string[]
  columns: string[]
  at(row: string, column: string): Figure | undefined
  /** 1…6, how far a value lies between the least and the most of those with enough records. */
  step(figure: Figure): number
}

const steps = 6

export function heatOf(figures: readonly Figure[]): Heat {
  const pairs = new Map(figures.map((figure) => [`${figure.member} ${figure.across}`, figure]))
  const firm = figures.flatMap(({ state, value }) => (state === 'ok' && value !== null ? [value] : []))
  const low = Math.min(...firm)
  const span = Math.max(...firm) - low
  return {
    rows: byRecords(figures, ({ member }) => member ?? ''),
    columns: byRecords(figures, ({ across }) => across ?? ''),
    at: (row, column) => pairs.get(`${row} ${column}`),
    step: ({ value }) =>
      span > 0 ? Math.min(steps, 1 + Math.floor((((value ?? low) - low) / span) * steps)) : 1,
  }
}

function byRecords(figures: readonly Figure[], memberOf: (figure: Figure) => string): string[] {
  const records = new Map<string, number>()
  for (const figure of figures) {
    const member = memberOf(figure)
    records.set(member, (records.get(member) ?? 0) + figure.n)
  }
  return [...records].sort(([a, most], [b, other]) => other - most || (a < b ? -1 : 1)).map(([name]) => name)
}

/** The pair with enough records that is furthest on the wrong side. */
export const worstOf = (figures: readonly Figure[], better: string): Figure | undefined =>
  figures
    .filter(({ state, value }) => state === 'ok' && value !== null)
    .sort((a, b) => ((b.value ?? 0) - (a.value ?? 0)) * (better === 'higher' ? -1 : 1))[0]
