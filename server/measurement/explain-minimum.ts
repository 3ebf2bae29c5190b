import type { Tx } from '../platform/database.ts'
import { dayToDate } from '../platform/time.ts'
import { standardOn } from '../standards/index.ts'

const usualMinimum = 10

/** Below how many records the standard of a day (the first of the span) calls a figure `few`. */
export async function minimumOn(tx: Tx, day: number): Promise<(code: string) => number> {
  const standard = await standardOn(tx, dayToDate(day))
  return (code) => standard?.indicators.find(({ measure }) => measure === code)?.minimumN ?? usualMinimum
}
