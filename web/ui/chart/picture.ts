/** What is drawn, free of any drawing: values in the measure's unit, `null` where there is none. */
export type Picture = Trend | Dots | Bars

export interface Point {
  name: string
  value: number | null
  interval: readonly [number, number] | null
  /** Drawn hollow: provisional, or too few to say much. */
  hollow?: boolean
  /** Drawn as a diamond: it breaks a rule that is named in words beside the picture. */
  signal?: boolean
}

interface Axis {
  format: (value: number) => string
  /** The best and the worst there can be, where there is one. */
  bounds?: { low?: number; high?: number }
  target?: { value: number; text: string } | undefined
}

/** A value over time. */
export interface Trend extends Axis {
  kind: 'trend'
  points: Point[]
  /** Median of a run chart, mean of a control chart. */
  centre?: { value: number; text: string } | undefined
  /** Control limits, one pair per point; dashed while they rest on few points. */
  limits?: { pairs: (readonly [number, number])[]; tentative: boolean } | undefined
}

/** Members beside each other, each with its doubt; sorted by whoever made it. */
export interface Dots extends Axis {
  kind: 'dots'
  points: (Point & { pale?: boolean })[]
}

/** Counts, from zero. */
export interface Bars {
  kind: 'bars'
  points: { name: string; value: number; marked?: boolean }[]
  format: (value: number) => string
}
