import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, type FactTable, lockById, rewriteRows } from '../platform/fact-table.ts'
import { ownText } from '../platform/own-text.ts'
import { type Sql, sql } from '../platform/sql.ts'

/** Whose orders changed: what is said of one by the others of its customer or its product must be found anew. */
export interface Touched {
  customers: Set<string>
  serials: Set<string>
  note(row: FactRow | null): void
}

export function touchedOrders(): Touched {
  const customers = new Set<string>()
  const serials = new Set<string>()
  const note = (row: FactRow | null) => {
    if (typeof row?.customer_id === 'string') customers.add(row.customer_id)
    if (typeof row?.serial === 'string') serials.add(ownText(row.serial))
  }
  return { customers, serials, note }
}

/**
 * Finds anew which orders repeat others; rows that come late or go again change earlier and later ones. By customer: solved
 * orders followed within 7 days by one of the same product and category, and complaints after one of the same product and
 * subject within 30 days. By serial number: repairs after one of the same fault within 30 days, and those solved that one
 * follows within 30 days.
 */
export async function findRepeats(
  tx: Tx,
  table: FactTable,
  { customers, serials }: Pick<Touched, 'customers' | 'serials'>,
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  for (const some of chunks(customers)) {
    await rewrite(tx, table, 'repeated_at', await followed(tx, some), context)
    await rewrite(tx, table, 'complaint_before_at', await complainedBefore(tx, some), context)
  }
  for (const some of chunks(serials)) {
    await rewrite(tx, table, 'fault_before_at', await faultyBefore(tx, some), context)
    await rewrite(tx, table, 'fault_after_at', await faultyAfter(tx, some), context)
  }
}

function* chunks(all: Set<string>): Generator<string[]> {
  const list = [...all]
  for (let i = 0; i < list.length; i += 2000) yield list.slice(i, i + 2000)
}

interface Found extends Record<string, unknown> {
  id: string
  at: number | null
}

const found = (at: Sql): Sql => sql`w.id, round(extract(epoch from ${at}) * 1000)::float8 as at`

const ordersOf = (tx: Tx, customerIds: string[]): Sql => sql`
  unnest(${customerIds}::uuid[]) as customer (id)
  cross join lateral (
    select * from cases.work_order o
    where o.organization_id = ${tx.organizationId} and o.customer_id = customer.id offset 0
  ) w`

const followed = (tx: Tx, customerIds: string[]): Promise<Found[]> =>
  tx.rows<Found>(sql`
    select ${found(sql`next.at`)} from ${ordersOf(tx, customerIds)}
    left join lateral (
      select min(n.received_at) as at from cases.work_order n
      where n.organization_id = w.organization_id and n.customer_id = w.customer_id and n.id <> w.id
        and n.product_id is not distinct from w.product_id and n.category is not distinct from w.category
        and n.received_at > w.resolved_at and n.received_at <= w.resolved_at + interval '7 days'
        and n.excluded_reason is null
    ) next on true
    where w.repeated_at is distinct from next.at`)

const complainedBefore = (tx: Tx, customerIds: string[]): Promise<Found[]> =>
  tx.rows<Found>(sql`
    select ${found(sql`before.at`)} from ${ordersOf(tx, customerIds)}
    left join lateral (
      select max(b.received_at) as at from cases.work_order b
      where b.organization_id = w.organization_id and b.customer_id = w.customer_id
        and w.category = 'complaint' and b.category = 'complaint'
        and b.product_id is not distinct from w.product_id and b.subcategory is not distinct from w.subcategory
        and b.received_at < w.received_at and b.received_at >= w.received_at - interval '30 days'
        and b.excluded_reason is null
    ) before on true
    where w.complaint_before_at is distinct from before.at`)

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

async function rewrite(
  tx: Tx,
  table: FactTable,
  column: string,
  found: Found[],
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  const ats = new Map(found.map(({ id, at }) => [id, at]))
  const rows = await lockById(tx, table, [...ats.keys()])
  const pairs = rows.map((before) => ({
    before,
    after: { ...before, [column]: ats.get(String(before.id)) ?? null },
  }))
  await rewriteRows(tx, table, pairs, context)
}
