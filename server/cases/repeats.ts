import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { FactTable } from '../platform/fact-table.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { chunks, type Found, rewriteFound } from './rewrite-found.ts'

/**
 * Finds anew which orders repeat others; rows that come late or go again change earlier and later ones. By customer: solved
 * orders followed within 7 days by one of the same product and category, and complaints after one of the same product and
 * subject within 30 days. By serial number: repairs after one of the same fault within 30 days, and those solved that one
 * follows within 30 days.
 */
export async function findRepeats(
  tx: Tx,
  table: FactTable,
  { customers, serials }: { customers: Set<string>; serials: Set<string> },
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  for (const some of chunks(customers)) {
    const orders = await beforeAndAfter(tx, some)
    const followed = orders.filter((one) => one.repeated).map(({ id, next }) => ({ id, found: next }))
    const complained = orders.filter((one) => one.complained).map(({ id, before }) => ({ id, found: before }))
    await rewriteFound(tx, table, 'repeated_at', followed, context)
    await rewriteFound(tx, table, 'complaint_before_at', complained, context)
  }
  for (const some of chunks(serials)) {
    await rewriteFound(tx, table, 'fault_before_at', await faultyBefore(tx, some), context)
    await rewriteFound(tx, table, 'fault_after_at', await faultyAfter(tx, some), context)
  }
}

const ms = (at: Sql): Sql => sql`round(extract(epoch from ${at}) * 1000)::float8`
const found = (at: Sql): Sql => sql`w.id, ${ms(at)} as found`

const ordersOf = (tx: Tx, customerIds: string[]): Sql => sql`
  unnest(${customerIds}::uuid[]) as customer (id)
  cross join lateral (
    select * from cases.work_order o
    where o.organization_id = ${tx.organizationId} and o.customer_id = customer.id offset 0
  ) w`

interface Neighbours {
  id: string
  next: number | null
  before: number | null
  /** What is stored says otherwise. */
  repeated: boolean
  complained: boolean
}

/** In one statement: both look at every order of the customer. */
const beforeAndAfter = (tx: Tx, customerIds: string[]): Promise<Neighbours[]> =>
  tx.rows<Neighbours>(sql`
    select w.id, ${ms(sql`next.at`)} as next, ${ms(sql`before.at`)} as before,
      w.repeated_at is distinct from next.at as repeated, w.complaint_before_at is distinct from before.at as complained
    from ${ordersOf(tx, customerIds)}
    left join lateral (
      select min(n.received_at) as at from cases.work_order n
      where n.organization_id = w.organization_id and n.customer_id = w.customer_id and n.id <> w.id
        and n.product_id is not distinct from w.product_id and n.category is not distinct from w.category
        and n.received_at > w.resolved_at and n.received_at <= w.resolved_at + interval '7 days'
        and n.excluded_reason is null
    ) next on true
    left join lateral (
      select max(b.received_at) as at from cases.work_order b
      where b.organization_id = w.organization_id and b.customer_id = w.customer_id
        and w.category = 'complaint' and b.category = 'complaint'
        and b.product_id is not distinct from w.product_id and b.subcategory is not distinct from w.subcategory
        and b.received_at < w.received_at and b.received_at >= w.received_at - interval '30 days'
        and b.excluded_reason is null
    ) before on true
    where w.repeated_at is distinct from next.at or w.complaint_before_at is distinct from before.at`)

const repairsOf = (tx: Tx, serials: string[]): Sql => sql`
  unnest(${serials}::text[]) as product (serial)
  cross join lateral (
    select * from cases.work_order o
    where o.organization_id = ${tx.organizationId} and o.serial = product.serial offset 0
  ) w`

/** A repair that took weeks counts from its end: what matters is how long the product then held. */
const faultyBefore = (tx: Tx, serials: string[]): Promise<Found[]> =>
  tx.rows<Found>(sql`
    select ${found(sql`before.at`)} from ${repairsOf(tx, serials)}
    left join lateral (
      select max(b.received_at) as at from cases.work_order b
      where b.organization_id = w.organization_id and b.serial = w.serial
        and w.category = 'repair' and b.category = 'repair'
        and b.product_id is not distinct from w.product_id and b.subcategory is not distinct from w.subcategory
        and b.received_at < w.received_at
        and greatest(b.received_at, b.resolved_at) >= w.received_at - interval '30 days'
        and b.excluded_reason is null
    ) before on true
    where w.fault_before_at is distinct from before.at`)

const faultyAfter = (tx: Tx, serials: string[]): Promise<Found[]> =>
  tx.rows<Found>(sql`
    select ${found(sql`next.at`)} from ${repairsOf(tx, serials)}
    left join lateral (
      select min(n.received_at) as at from cases.work_order n
      where n.organization_id = w.organization_id and n.serial = w.serial and n.id <> w.id
        and w.category = 'repair' and n.category = 'repair'
        and n.product_id is not distinct from w.product_id and n.subcategory is not distinct from w.subcategory
        and n.received_at > w.resolved_at and n.received_at <= w.resolved_at + interval '30 days'
        and n.excluded_reason is null
    ) next on true
    where w.fault_after_at is distinct from next.at`)
