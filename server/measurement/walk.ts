import { organizationOf } from '../directory/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { anchoredWithin } from './anchors.ts'
import { type FactRow, readFacts } from './facts.ts'
import type { Measure } from './measures.ts'
import { type Question, unitsAsked, whereSql } from './question.ts'
import { contribute, tallyNumber } from './tallies.ts'

/** A record's share in a measure: `value` as the kernel gives it (ms, tenths, 0 or 1, filled fields), over `n`. */
export type Visit = (measure: Measure, row: FactRow, value: number, n: number) => void

/** Visits exactly the records that the figures of these measures count, each kind of fact read once for all of them. */
export async function walk(tx: Tx, measures: Measure[], question: Question, visit: Visit): Promise<void> {
  const { zone } = await organizationOf(tx)
  const units = await unitsAsked(tx, question.where)
  const [from, to] = [zone.dayStartMs(question.fromDay), zone.dayStartMs(question.toDay)]
  for (const kind of new Set(measures.flatMap(({ facts }) => facts))) {
    const byTally = measuresByTally(measures, kind)
    const condition = sql`${whereSql(question.where, units, kind === 'work_order')} and ${anchoredWithin(kind, from, to)}`
    for await (const rows of readFacts(tx, kind, condition))
      for (const row of rows)
        contribute(kind, row.fact, zone, (tally, day, value, n) => {
          if (n === 0 || day < question.fromDay || day >= question.toDay) return
          // A count counts the failing half.
          for (const measure of byTally.get(tally) ?? [])
            if (measure.shape !== 'count' || value === 0) visit(measure, row, value, n)
        })
  }
}

function measuresByTally(measures: Measure[], kind: FactKind): Map<number, Measure[]> {
  const found = new Map<number, Measure[]>()
  for (const measure of measures) {
    if (measure.tally === null || !measure.facts.includes(kind)) continue
    const tally = tallyNumber[measure.tally]
    found.set(tally, [...(found.get(tally) ?? []), measure])
  }
  return found
}
