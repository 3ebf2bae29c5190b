import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { ownText } from '../platform/own-text.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { organizationOf } from './organizations.ts'

export type UnitKind = 'organization' | 'department' | 'team' | 'outlet' | 'supplier'
export interface Unit {
  id: string
  parentId: string | null
  kind: UnitKind
  name: string
}

export const listUnits = (tx: Tx): Promise<Unit[]> =>
  tx.rows(sql`
    select id, parent_id as "parentId", kind, name from directory.unit
    where organization_id = ${tx.organizationId} and id = any(${tx.unitIds}::uuid[]) and ended_on is null
    order by kind, name`)

const rootUnitId = async (tx: Tx): Promise<string> => (await organizationOf(tx)).rootUnitId

export async function createUnit(
  tx: Tx,
  unit: { name: string; kind: UnitKind; parentId?: string; demo?: boolean },
  now: Date,
): Promise<Unit> {
  const parentId = unit.parentId ?? (await rootUnitId(tx))
  if (!tx.unitIds.includes(parentId)) throw notFound()
  const id = newId(now.getTime())
  const made = await tx.run(sql`
    insert into directory.unit (organization_id, id, parent_id, kind, name, demo, created_at)
    values (${tx.organizationId}, ${id}, ${parentId}, ${unit.kind}, ${unit.name}, ${unit.demo ?? false}, ${now})
    on conflict on constraint unit_name_unique do nothing`)
  if (made === 0)
    throw new Refusal('name_taken', 409, {
      zh: `已有名为“${unit.name}”的单位。`,
      en: `There is already a unit named "${unit.name}".`,
    })
  return { id, parentId, kind: unit.kind, name: unit.name }
}

/** Ids of units by name; unknown ones are created when allowed. Returns the names created. */
export async function resolveUnits(
  tx: Tx,
  known: Map<string, string>,
  names: string[],
  options: { create: boolean; kind: 'team' | 'supplier'; now: Date; demo: boolean },
): Promise<string[]> {
  const fresh = [...new Set(names)].filter((name) => !known.has(name)).map(ownText)
  if (fresh.length === 0) return []
  const find = async () => {
    for (const row of await tx.rows<{ id: string; name: string }>(sql`
      select id, name from directory.unit where organization_id = ${tx.organizationId} and name = any(${fresh})`))
      known.set(row.name, row.id)
  }
  await find()
  const missing = fresh.filter((name) => !known.has(name))
  if (missing.length === 0 || !options.create) return []
  await tx.run(sql`
    insert into directory.unit (organization_id, id, parent_id, kind, name, demo, created_at)
    select ${tx.organizationId}::uuid, id, ${await rootUnitId(tx)}::uuid, ${options.kind}, name, ${options.demo}, ${options.now}
    from unnest(${missing.map(() => newId())}::uuid[], ${missing}::text[]) as new (id, name)
    on conflict on constraint unit_name_unique do nothing`)
  await find()
  return missing
}

/**
 * For just this step the transaction sees every unit, whoever it belongs to: for what hangs together across teams. Nothing
 * read in it may reach the actor.
 */
export async function seeingAllUnits(tx: Tx, work: () => Promise<void>): Promise<void> {
  const units = await tx.rows<{ id: string }>(
    sql`select id from directory.unit where organization_id = ${tx.organizationId}`,
  )
  await tx.client.query(`set local app.units = '{${units.map((unit) => unit.id).join(',')}}'`)
  await work()
  await tx.client.query(`set local app.units = '{${tx.unitIds.join(',')}}'`)
}
