import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { FactTable } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { chunks, type Found, rewriteFound } from './rewrite-found.ts'

/**
 * Finds anew which orders of some numbers have costs of their own: those stand in for the cost in the order's field, so
 * that nothing is counted twice. It goes by the number alone, since an order often comes after its costs: where two
 * sources use one number, the fields of both orders give way.
 */
export async function findCosted(
  tx: Tx,
  orders: FactTable,
  numbers: Iterable<string>,
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  for (const some of chunks(numbers)) await rewriteFound(tx, orders, 'costed', await moved(tx, some), context)
}

const moved = (tx: Tx, numbers: string[]): Promise<Found[]> =>
  tx.rows<Found>(sql`
    select id, named as found from (
      select w.id, w.costed, w.cost is not null and exists (
          select from cases.cost c
          where c.organization_id = ${tx.organizationId} and c.work_order_external_id = touched.number
            and c.excluded_reason is null
        ) as named
      from unnest(${numbers}::text[]) as touched (number)
      cross join lateral (
        select o.id, o.cost, o.costed from cases.work_order o
        where o.organization_id = ${tx.organizationId} and o.external_id = touched.number
          and o.source_id = any(array(select id from directory.source where organization_id = ${tx.organizationId}))
        offset 0
      ) w
    ) found
    where costed <> named`)
