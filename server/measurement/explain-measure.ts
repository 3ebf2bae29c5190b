import type { z } from 'zod'
import type { measure as contractMeasure } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import type { MeasuresKnown, MeasureWords } from '../standards/index.ts'
import { wholeCatalogue } from './catalogue.ts'
import type { Measure } from './measure.ts'
import { attribution, measureOf } from './measures.ts'
import { byLimits } from './tallies.ts'

/** What a standard says about the built-in measure of an indicator. */
export const measureWords = (code: string): MeasureWords => wordsOf(measureOf(code))

const wordsOf = ({ name, better, formula, unit }: Measure): MeasureWords => ({
  name,
  better,
  definition: formula,
  unit,
})

/** The measures an indicator may use, the organization's own among them. */
export async function measuresKnown(tx: Tx): Promise<MeasuresKnown> {
  const { measures, of } = await wholeCatalogue(tx)
  return { codes: measures.map(({ code }) => code), words: (code) => wordsOf(of(code)) }
}

/** A measure of the catalogue as the API gives it. Times run on the calendar, day and night, but for the limits of the standard. */
export function describeMeasure(measure: Measure): z.input<typeof contractMeasure> {
  const { code, name, unit, better, version, formula, source, needs, tally } = measure
  const clock = tally !== null && byLimits.has(tally) ? 'limits' : '24x7'
  return { code, name, unit, better, version, formula, attribution, clock, source, needs }
}
