import type { FactKind } from '../platform/change.ts'
import { sketched, type Tally, tallyNumber } from './tallies.ts'

type Shape = 'mean' | 'rate' | 'count' | 'nps' | 'sum' | 'percentile' | 'ratio'

/**
 * What is counted of the customers who bought: their purchases after the first, who bought twice, what those spent, who
 * came back since the period before, who did not.
 */
export type OfCustomers = 'repeats' | 'repeat_customers' | 'repeat_spend' | 'kept' | 'lost'

/** What is counted of the people who resolve orders: their time here and their orders. */
export type OfPeople = 'experience'

/** A measure: a formula over facts, read from one tally or counted from records. measures.ts lists them all. */
export interface Measure {
  code: string
  name: { zh: string; en: string }
  unit: 'min' | 'h' | 'person_h' | '%' | 'count' | '分' | 'CNY'
  better: 'lower' | 'higher' | 'none'
  /** Counts read the failing half: n − numerator. */
  shape: Shape
  /** null where it counts customers or people, of whom cells say nothing. */
  tally: Tally | null
  customers?: OfCustomers
  people?: OfPeople
  facts: FactKind[]
  /** Fields without which a record cannot be measured. */
  needs: string[]
  formula: { zh: string; en: string }
  source: string
  version: number
  /** Of an organization's own: parts in one of its unit, where the unit alone does not say. */
  size?: number
  /** Of ratios: parts in one of the lower number's unit, and whether the value is a hundred times their quotient. */
  per?: { size: number; inPercent: boolean }
  /**
   * Of ratios of two kinds of record: the tally below the line, what is added above it, on which side records are counted,
   * not summed, and the units of what stands above and below. Where something is added, each record of the first tally
   * stands below as well.
   */
  over?: {
    tally: Tally
    plus?: Tally
    counting?: 'above' | 'below'
    units: readonly [above: Measure['unit'], below: Measure['unit']]
  }
  /** A tally without which nothing is known: 0 where nothing was ever noted is no figure. Not what is counted. */
  knownBy?: Tally
  /** Of measures of answers: the tally of the invitations to them, where it is not that of all; null: of what became of them. */
  invitations?: Tally | null
  /** Of percentiles: which. */
  percent?: number
  /** The field whose absence keeps a record out. */
  lacks?: string
}

/** All tallies whose records a measure counts. */
export const talliesOf = ({ tally, over }: Measure): Tally[] =>
  tally === null ? [] : over ? [tally, ...(over.plus ? [over.plus] : []), over.tally] : [tally]

/** And those that say whether the figure is known, and how many of those who were asked answered. */
export const talliesRead = (measure: Measure): Tally[] =>
  [...talliesOf(measure), measure.knownBy, invitationTally(measure)].filter((tally) => tally !== undefined)

/** The invitations that the answers a measure counts come from; undefined where it counts something else. */
export const invitationTally = ({ facts, invitations }: Measure): Tally | undefined =>
  invitations === null || !facts.includes('response') ? undefined : (invitations ?? 'survey_answered')

/** The kinds of record that the tallies read come from. */
export const kindsRead = (measure: Measure): FactKind[] =>
  invitationTally(measure) ? [...measure.facts, 'invitation'] : measure.facts

/** Whether an answer needs a histogram; a figure of a pair of members has no percentiles beside its mean. */
export const needsPercentiles = (measure: Measure, { across }: { across?: unknown }): boolean =>
  measure.percent !== undefined ||
  (across === undefined && talliesOf(measure).some((tally) => sketched[tallyNumber[tally]]))

export const orders: FactKind[] = ['work_order']
export const ratings: FactKind[] = ['response', 'feedback']

export const make = (
  code: string,
  zh: string,
  en: string,
  unit: Measure['unit'],
  better: Measure['better'],
  shape: Shape,
  tally: Tally | null,
  facts: FactKind[],
  needs: string[],
  formulaZh: string,
  formulaEn: string,
  source: string,
): Measure => ({
  code,
  name: { zh, en },
  unit,
  better,
  shape,
  tally,
  facts,
  needs,
  formula: { zh: formulaZh, en: formulaEn },
  source,
  version: 1,
})
