import { openStages } from '../directory/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import type { Zone } from '../platform/time.ts'
import { type FactRow, readFacts } from './facts.ts'
import { partsOf } from './kernel.ts'
import { measuredKinds } from './kinds/kinds.ts'
import type { Fact } from './kinds/measured-kind.ts'
import { factFits, type Question, type Where, whereSql } from './question.ts'

/**
 * The facts a question may be about, kind by kind, in pieces: within its filter, of the units it asks for, and with a time
 * within its span. A fact that counts for several people comes as those of its parts that fit. Which of them count, and on which day, the kernel decides.
 */
export async function* factsAsked(
  tx: Tx,
  kinds: Iterable<FactKind>,
  question: Question,
  zone: Zone,
  units: string[],
): AsyncGenerator<FactRow[]> {
  const from = new Date(zone.dayStartMs(question.fromDay))
  const to = new Date(zone.dayStartMs(question.toDay))
  const stageOf = await openStages(tx)
  for (const kind of kinds) {
    const measured = measuredKinds[kind]
    const where = whereSql(tx, question.where, units, measured)
    const fits = partFits(question.where, units)
    for await (const rows of readFacts(tx, kind, sql`${where} and ${measured.anchoredWithin(from, to)}`))
      yield rows.flatMap((row) => {
        if (stageOf) row.fact.lifeStage = stageOf(row.fact.productId, zone.localDay(measured.at(row.fact)))
        const parts = partsOf(kind, row.fact)
        // A fact that is one part was found to fit by the database.
        return parts.length === 1 ? [row] : parts.filter(fits).map((fact) => ({ ...row, fact }))
      })
  }
}

function partFits({ unit: _, within: __, ...where }: Where, units: string[]): (part: Fact) => boolean {
  const asked = new Set(units)
  return (part) => asked.has(part.unitId) && factFits(where, part)
}
