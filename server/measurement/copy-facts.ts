import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { copyRows } from './copy-rows.ts'
import { measuredKinds, measuredKindsList } from './kinds/kinds.ts'
import type { Fact } from './kinds/measured-kind.ts'

/** Which facts: those placed (an order's first time, a rating's time) in a span, or those that count earlier. */
export type FactSpan = { fromMs: number; toMs: number } | 'counting before their place'

/** Hands on the facts of a kind, in no order; together the spans of all time and the early ones hold each once. */
export async function copyFacts(
  tx: Tx,
  kind: FactKind,
  span: FactSpan,
  each: (fact: Fact) => void,
): Promise<void> {
  const { columns, table, place, read, countsEarlier } = measuredKinds[kind]
  if (!countsEarlier && typeof span === 'string') return
  const conditions =
    typeof span === 'string'
      ? [countsEarlier]
      : [
          `${place} >= ${instant(span.fromMs)}`,
          `${place} < ${instant(span.toMs)}`,
          ...(countsEarlier ? [`(${countsEarlier}) is not true`] : []),
        ]
  const statement = `select ${columns.join(', ')} from ${table}
    where organization_id = ${organization(tx)} and ${conditions.join(' and ')}`
  await copyRows(tx, statement, columns.length, (row) => each(read(row)))
}

/** Epoch ms of the first fact placed at or after an instant; undefined when there is none. */
export async function firstFactMs(tx: Tx, fromMs: number | undefined): Promise<number | undefined> {
  const firsts: number[] = []
  for (const { table, place } of measuredKindsList) {
    const from = fromMs === undefined ? '' : ` and ${place} >= ${instant(fromMs)}`
    const { rows } = await tx.client.query<{ first: Date | null }>(
      `select min(${place}) as first from ${table} where organization_id = ${organization(tx)}${from}`,
    )
    if (rows[0]?.first) firsts.push(rows[0].first.getTime())
  }
  return firsts.length > 0 ? Math.min(...firsts) : undefined
}

// COPY takes no parameters. The transaction was opened with the id checked to be a uuid; instants are numbers.
const organization = (tx: Tx): string => `'${tx.organizationId}'::uuid`
const instant = (ms: number): string => `to_timestamp(${ms / 1000})`
