import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import type { Zone } from '../platform/time.ts'
import { type FactRow, readFacts } from './facts.ts'
import { measuredKinds } from './kinds/kinds.ts'
import { type Question, unitsAsked, whereSql } from './question.ts'

/**
 * The facts a question may be about, kind by kind, in pieces: within its filter and the actor's units, and with a time
 * within its span. Which of them count, and on which day, the kernel decides.
 */
export async function* factsAsked(
  tx: Tx,
  kinds: Iterable<FactKind>,
  question: Question,
  zone: Zone,
): AsyncGenerator<FactRow[]> {
  const units = await unitsAsked(tx, question.where)
  const from = new Date(zone.dayStartMs(question.fromDay))
  const to = new Date(zone.dayStartMs(question.toDay))
  for (const kind of kinds) {
    const { anchoredWithin, has } = measuredKinds[kind]
    const where = whereSql(question.where, units, has)
    yield* readFacts(tx, kind, sql`${where} and ${anchoredWithin(from, to)}`)
  }
}
