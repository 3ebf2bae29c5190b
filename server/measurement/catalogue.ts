import type { Tx } from '../platform/database.ts'
import type { Measure } from './measure.ts'
import { measureOf, measures, unknownMeasure } from './measures.ts'
import { compileOwn, noOwnShares, type OwnShares } from './own/compile.ts'
import { measureOfOwn } from './own/measure.ts'
import { type OwnRow, ownRows } from './own/store.ts'
import { tallyNumber } from './tallies.ts'

/** The measures a question may name: those built in and, where they were read, the organization's own. */
export interface Catalogue {
  measures: readonly Measure[]
  /** @throws Refusal 404 naming near codes */
  of(code: string): Measure
  /** What facts add to the tallies of the own measures. */
  own: OwnShares
  /** Whether the cells hold the shares of a measure. */
  isCounted(code: string): boolean
}

export const builtIn: Catalogue = { measures, of: measureOf, own: noOwnShares, isCounted: () => true }

export const isOwn = (code: string): boolean => code.startsWith('own:')

/** For questions about these measures; of the organization's own ones are read where one of them is asked for. */
export const catalogueFor = async (tx: Tx, codes: Iterable<string>): Promise<Catalogue> =>
  [...codes].some(isOwn) ? wholeCatalogue(tx) : builtIn

export const wholeCatalogue = async (tx: Tx): Promise<Catalogue> => catalogueOf(await ownRows(tx))

export function catalogueOf(rows: readonly OwnRow[]): Catalogue {
  if (rows.length === 0) return builtIn
  const own = rows.map(measureOfOwn)
  const byCode = new Map(own.map((measure) => [measure.code, measure]))
  const waiting = new Set(rows.filter(({ counted }) => !counted).map(({ code }) => code))
  return {
    measures: [...measures, ...own],
    of: (code) => {
      const found = byCode.get(code)
      if (!found && isOwn(code)) throw unknownMeasure(code, [...byCode.keys()])
      return found ?? measureOf(code)
    },
    own: compileOwn(rows.map(({ tally, definition }) => ({ tally: tallyNumber[tally], definition }))),
    isCounted: (code) => !waiting.has(code),
  }
}
