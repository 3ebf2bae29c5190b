import type { Figure } from '../../../contract/measurement.ts'

/** Fewer points than this carry no limits; fewer than the second only tentative ones. */
const fewestPoints = 12
const firmPoints = 20

export interface Control {
  centre: number
  /** One pair per figure, or none for a run chart. */
  pairs: (readonly [number, number])[]
  tentative: boolean
  /** Places of the figures beyond their limits. */
  beyond: number[]
}

type Plotted = Pick<Figure, 'value' | 'numerator' | 'denominator' | 'interval'>

/**
 * The centre line and control limits of figures in the order of time: p limits for rates, which widen as n falls;
 * individuals with their moving range for means (X̄ ± 2.66·MR̄). Below 12 points the centre is the median and
 * there are no limits.
 */
export function controlOf(figures: Plotted[]): Control | undefined {
  const values = figures.flatMap(({ value }) => (value === null ? [] : [value]))
  if (values.length < 3) return undefined
  if (values.length < fewestPoints)
    return { centre: medianOf(values), pairs: [], tentative: false, beyond: [] }
  const { centre, pairs } = figures.every(
    // A quotient of two sums has both halves too, but is no share: nothing is known of how far it may stray.
    ({ value, denominator, interval }) => value === null || (denominator !== null && interval !== null),
  )
    ? shares(figures)
    : individuals(values, figures.length)
  const beyond = figures.flatMap(({ value }, place) => {
    const pair = pairs[place]
    return value !== null && pair && (value < pair[0] || value > pair[1]) ? [place] : []
  })
  return { centre, pairs, tentative: values.length < firmPoints, beyond }
}

function shares(figures: Plotted[]): Pick<Control, 'centre' | 'pairs'> {
  const sum = (of: 'numerator' | 'denominator') => figures.reduce((all, one) => all + (one[of] ?? 0), 0)
  const p = sum('numerator') / sum('denominator')
  const pairs = figures.map(({ denominator }) => {
    const half = denominator ? 3 * Math.sqrt((p * (1 - p)) / denominator) : 1
    return [100 * Math.max(0, p - half), 100 * Math.min(1, p + half)] as const
  })
  return { centre: 100 * p, pairs }
}

function individuals(values: number[], places: number): Pick<Control, 'centre' | 'pairs'> {
  const centre = values.reduce((all, value) => all + value, 0) / values.length
  const moves = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value)))
  const half = (2.66 * moves.reduce((all, move) => all + move, 0)) / moves.length
  const low = centre - half
  // Times and points have no negative side; a net promoter score has.
  const pair = [values.some((value) => value < 0) ? low : Math.max(0, low), centre + half] as const
  return { centre, pairs: Array.from({ length: places }, () => pair) }
}

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
