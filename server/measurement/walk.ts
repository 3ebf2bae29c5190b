import { organizationOf } from '../directory/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { Catalogue } from './catalogue.ts'
import type { FactRow } from './facts.ts'
import { factsAsked } from './facts-asked.ts'
import { contribute } from './kernel.ts'
import { type Measure, talliesOf } from './measure.ts'
import type { Question } from './question.ts'
import { type Emit, tallyNumber } from './tallies.ts'
import { unitsAsked } from './units-of-days.ts'

/** A record's share in a measure: `value` as the kernel gives it (ms, tenths, 0 or 1, filled fields), over `n`. */
export type Visit = (measure: Measure, row: FactRow, value: number, n: number) => void

/** Visits exactly the records that the figures of these measures count, each kind of fact read once for all of them. */
export async function walk(
  tx: Tx,
  { measures, own }: { measures: Measure[] } & Pick<Catalogue, 'own'>,
  question: Question,
  visit: Visit,
): Promise<void> {
  const organization = await organizationOf(tx)
  const { zone } = organization
  const units = await unitsAsked(tx, question, organization)
  const kinds = new Set(measures.flatMap(({ facts }) => facts))
  const byKind = new Map([...kinds].map((kind) => [kind, measuresByTally(measures, kind)]))
  for await (const rows of factsAsked(tx, kinds, question, zone, units.ever))
    for (const row of rows) {
      const keep: Emit = (tally, day, value, n) => {
        if ((n === 0 && value === 0) || day < question.fromDay || day >= question.toDay) return
        if (!units.counts(row.fact.unitId, day)) return
        // A count counts the failing half.
        for (const measure of byKind.get(row.kind)?.get(tally) ?? [])
          if (measure.shape !== 'count' || value === 0) visit(measure, row, value, n)
      }
      contribute(row.kind, row.fact, zone, keep, own)
    }
}

function measuresByTally(measures: Measure[], kind: FactKind): Map<number, Measure[]> {
  const found = new Map<number, Measure[]>()
  for (const measure of measures) {
    if (!measure.facts.includes(kind)) continue
    for (const name of talliesOf(measure)) {
      const tally = tallyNumber[name]
      found.set(tally, [...(found.get(tally) ?? []), measure])
    }
  }
  return found
}
