import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'

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

export interface UnitRow {
  id: string
  parent_id: string | null
  name: string
}

export const readUnits = (tx: Tx): Promise<UnitRow[]> =>
  tx
    .prepared<[string, string | null, string]>(
      'units',
      sql`
    select id::text, parent_id::text, name from directory.unit where organization_id = ${tx.organizationId}`,
    )
    .then((rows) => rows.map(([id, parent_id, name]) => ({ id, parent_id, name })))

/** For each unit the units whose figures are also its own: itself and those above, within the actor's. */
export function unitsAbove(tx: Tx, rows: UnitRow[]): Map<string, string[]> {
  const own = new Set(tx.unitIds)
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]))
  return new Map(
    rows.map(({ id }) => {
      const path: string[] = []
      for (let at: string | null | undefined = id; at && path.length < 50; at = parents.get(at)) path.push(at)
      return [id, path.filter((unit) => own.has(unit))]
    }),
  )
}

/** Names of members for people to read; a category or channel is its own name. */
export async function memberNames(tx: Tx, dimension: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await namesIn(tx, dimension, ids)
  return new Map(rows.map((row) => [row.id, row.name]))
}

function namesIn(tx: Tx, dimension: string, ids: string[]): Promise<{ id: string; name: string }[]> {
  if (dimension === 'unit' || dimension === 'supplier')
    return tx.rows(sql`
      select id::text, name from directory.unit
      where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`)
  if (dimension === 'agent')
    return tx.rows(sql`
      select id::text, name from directory.person
      where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`)
  if (dimension === 'product')
    return tx.rows(sql`
      select id::text, name from directory.product
      where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`)
  return Promise.resolve(ids.map((id) => ({ id, name: id })))
}
