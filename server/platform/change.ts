import type { FactKind } from '../../contract/fact-kinds.ts'
import type { Tx } from './database.ts'
import { newId } from './ids.ts'
import { sql } from './sql.ts'

export type { FactKind }

/** What a fact looked like before and after a command; null before = new, null after = gone. */
export interface Change<Fact = unknown> {
  kind: FactKind
  id: string
  before: Fact | null
  after: Fact | null
}

/**
 * Takes the changes of many facts at once inside a bulk transaction, where a change row for each would
 * cost more than the measuring itself. The measuring module supplies it; `flush` is called once, last, and `settle` now
 * and then before, so that what waits for it does not grow with the number of facts.
 */
export interface FactSink {
  add(change: Change): void
  settle(tx: Tx): Promise<void>
  flush(tx: Tx): Promise<void>
}

/**
 * Records that facts of a kind changed; the measuring worker drains these rows. Same transaction as the change. One
 * statement for all of them and for waking the worker: a trip to the server for each would cost more than the change.
 */
export async function recordChanges(
  tx: Tx,
  kind: FactKind,
  changes: readonly Change[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ id, before, after }) => ({
    id: newId(now.getTime()),
    fact_id: id,
    before,
    after,
  }))
  await tx.run(sql`
    with waiting as (
      insert into platform.change (organization_id, id, fact_kind, fact_id, before, after, at)
      select ${tx.organizationId}::uuid, id, ${kind}, fact_id, before, after, ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (id uuid, fact_id uuid, before jsonb, after jsonb))
    select pg_notify('change', ${tx.organizationId})`)
}

/** Tells the open pages of an organization that its figures may have moved. */
export const tellPages = async (tx: Tx): Promise<void> => {
  await tx.run(sql`select pg_notify('figures', ${tx.organizationId})`)
}
