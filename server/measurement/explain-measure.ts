import type { z } from 'zod'
import type { measure as contractMeasure } from '../../contract/measurement.ts'
import type { MeasureWords } from '../standards/index.ts'
import type { Measure } from './measure.ts'
import { attribution, measureOf } from './measures.ts'

/** What a standard says about the measure of an indicator. */
export const measureWords = (code: string): MeasureWords => {
  const { name, better, formula, unit } = measureOf(code)
  return { name, better, definition: formula, unit }
}

/** A measure of the catalogue as the API gives it. Times run on the calendar, day and night, but for the limits. */
export function describeMeasure(measure: Measure): z.input<typeof contractMeasure> {
  const { code, name, unit, better, version, formula, source, needs } = measure
  return { code, name, unit, better, version, formula, attribution, clock: '24x7', source, needs }
}
