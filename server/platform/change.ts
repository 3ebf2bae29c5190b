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
 * cost more than the measuring itself. The measuring module supplies it; `flush` is called once, last.
 */
export interface FactSink {
  add(change: Change): void
  flush(tx: Tx): Promise<void>
}

/** Records that a fact changed; the measuring worker drains these rows. Same transaction as the change. */
export async function recordChange(tx: Tx, change: Change, now: Date): Promise<void> {
  await tx.run(sql`
    insert into platform.change (organization_id, id, fact_kind, fact_id, before, after, at)
    values (${tx.organizationId}, ${newId(now.getTime())}, ${change.kind}, ${change.id},
      ${change.before && JSON.stringify(change.before)}, ${change.after && JSON.stringify(change.after)}, ${now})`)
  await tx.client.query(`select pg_notify('change', '${tx.organizationId}')`)
}

/** Tells the open pages of an organization that its figures may have moved. */
export const tellPages = async (tx: Tx): Promise<void> => {
  await tx.run(sql`select pg_notify('figures', ${tx.organizationId})`)
}
