import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { dayToDate, monthStart } from '../platform/time.ts'
import type { Question } from './question.ts'

/** A unit and all below it. */
export async function unitsBelow(tx: Tx, unitId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    with recursive below as (
      select id from directory.unit where organization_id = ${tx.organizationId} and id = ${unitId}
      union select u.id from below b
      join directory.unit u on u.organization_id = ${tx.organizationId} and u.parent_id = b.id
    ) select id from below`)
  return rows.map((row) => row.id)
}

/** The first day of the month in which some units have their first record; undefined where they have none. */
export async function firstRecordOn(tx: Tx, unitIds: string[]): Promise<string | undefined> {
  const { zone } = await organizationOf(tx)
  // Purchases stand in no cell.
  const found = await tx.one<{ counted: string | null; bought: Date | null }>(sql`
    select
      (select min(month_on) from measurement.cell
        where organization_id = ${tx.organizationId} and slice = 'unit' and member = any(${unitIds}::text[])) as counted,
      (select min(ordered_at) from purchases.purchase
        where organization_id = ${tx.organizationId} and unit_id = any(${unitIds}::uuid[])) as bought`)
  const bought = found?.bought && dayToDate(monthStart(zone.localDay(found.bought.getTime())))
  return [found?.counted, bought].filter((day) => typeof day === 'string').sort()[0]
}

/** Names of members for people to read; a category or channel is its own name. */
export async function memberNames(tx: Tx, dimension: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const table = tables[dimension]
  if (!table) return new Map(ids.map((id) => [id, id]))
  return new Map(
    await tx.prepared<[id: string, name: string]>(
      `names ${dimension}`,
      sql`
        select id::text, name from ${table}
        where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`,
    ),
  )
}

/**
 * The names of a split by people or products without waiting for who they are: of those with a cell in the span's months.
 * None for who does not see these cells. As an array: a join is planned badly while nothing is known of new tables.
 */
export async function namesAhead(
  tx: Tx,
  { by, where, fromDay, toDay }: Question,
): Promise<ReadonlyMap<string, string>> {
  const table = by === 'agent' || by === 'product' ? tables[by] : undefined
  if (!table || Object.keys(where).length > 0) return new Map()
  return new Map(
    await tx.prepared<[id: string, name: string]>(
      `names ahead ${by}`,
      sql`
        select id::text, name from ${table}
        where organization_id = ${tx.organizationId} and id = any(array(
          select member::uuid from measurement.cell where organization_id = ${tx.organizationId} and slice = ${by}
            and month_on >= ${dayToDate(monthStart(fromDay))} and month_on < ${dayToDate(toDay)}))`,
    ),
  )
}

const tables: Record<string, Sql> = {
  unit: sql`directory.unit`,
  supplier: sql`directory.unit`,
  agent: sql`directory.person`,
  product: sql`directory.product`,
}
