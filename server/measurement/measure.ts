import type { FactKind } from '../platform/change.ts'
import type { Tally } from './tallies.ts'

type Shape = 'mean' | 'rate' | 'count' | 'nps'

/** A measure: a formula over facts, read from one tally. measures.ts lists them all. */
export interface Measure {
  code: string
  name: { zh: string; en: string }
  unit: 'min' | 'h' | '%' | 'count' | '分' | 'CNY'
  better: 'lower' | 'higher' | 'none'
  /** Counts read the failing half: n − numerator. */
  shape: Shape
  /** null where the facts it needs are of no kind we keep yet: always incomputable. */
  tally: Tally | null
  facts: FactKind[]
  /** Fields without which a record cannot be measured. */
  needs: string[]
  formula: { zh: string; en: string }
  source: string
  version: number
}

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
