import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type FactTable, lockById, rewriteRows } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'

/**
 * Finds anew, for some customers, which solved orders were followed within 7 days by another of the same
 * customer, product and category; rows that come late or go again change earlier orders.
 */
export async function findRepeats(
  tx: Tx,
  table: FactTable,
  customerIds: string[],
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  for (let i = 0; i < customerIds.length; i += 2000) {
    const some = customerIds.slice(i, i + 2000)
    const found = await tx.rows<{ id: string; repeated: number | null }>(sql`
      select w.id, round(extract(epoch from next.at) * 1000)::float8 as repeated
      from unnest(${some}::uuid[]) as customer (id)
      cross join lateral (
        select * from cases.work_order o
        where o.organization_id = ${tx.organizationId} and o.customer_id = customer.id offset 0
      ) w
      left join lateral (
        select min(n.received_at) as at from cases.work_order n
        where n.organization_id = w.organization_id and n.customer_id = w.customer_id and n.id <> w.id
          and n.product_id is not distinct from w.product_id and n.category is not distinct from w.category
          and n.received_at > w.resolved_at and n.received_at <= w.resolved_at + interval '7 days'
          and n.excluded_reason is null
      ) next on true
      where w.repeated_at is distinct from next.at`)
    const repeated = new Map(found.map((row) => [row.id, row.repeated]))
    const rows = await lockById(tx, table, [...repeated.keys()])
    const pairs = rows.map((before) => ({
      before,
      after: { ...before, repeated_at: repeated.get(String(before.id)) ?? null },
    }))
    await rewriteRows(tx, table, pairs, context)
  }
}
