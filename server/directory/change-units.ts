import type { Tx } from '../platform/database.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { organizationOf } from './organizations.ts'
import { listUnits, type Unit, type UnitKind } from './units.ts'

/** Refuses a name that is taken, and a unit above itself; the root unit takes its name from the organization. */
export async function changeUnit(
  tx: Tx,
  id: string,
  changed: { name?: string | undefined; kind?: UnitKind | undefined; parentId?: string | undefined },
): Promise<Unit> {
  const unit = await ownUnit(tx, id)
  const parentId = changed.parentId ?? unit.parentId
  if (changed.parentId && !tx.unitIds.includes(changed.parentId)) throw notFound()
  // Two moves at once could make a ring that neither sees.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`units ${tx.organizationId}`}, 0))`)
  const ring = await tx.one(sql`
    with recursive above as (
      select id, parent_id from directory.unit where organization_id = ${tx.organizationId} and id = ${parentId}
      union
      select u.id, u.parent_id from above a
      join directory.unit u on u.organization_id = ${tx.organizationId} and u.id = a.parent_id)
    select 1 from above where id = ${id}`)
  if (ring)
    throw new Refusal('unit_above_itself', 400, {
      zh: '单位不能归到自己或自己的下级之下。',
      en: 'A unit cannot stand below itself or below a unit of its own.',
    })
  const next = { ...unit, name: changed.name ?? unit.name, kind: changed.kind ?? unit.kind, parentId }
  const taken = await tx.one(sql`
    select 1 from directory.unit where organization_id = ${tx.organizationId} and name = ${next.name} and id <> ${id}`)
  if (taken)
    throw new Refusal('name_taken', 409, {
      zh: `已有名为“${next.name}”的单位。`,
      en: `There is already a unit named "${next.name}".`,
    })
  await tx.run(sql`
    update directory.unit set name = ${next.name}, kind = ${next.kind}, parent_id = ${next.parentId}
    where organization_id = ${tx.organizationId} and id = ${id}`)
  return next
}

/** Closes a unit in which nobody is and below which no unit stands; its records and figures stay. */
export async function endUnit(tx: Tx, id: string, today: string): Promise<void> {
  await ownUnit(tx, id)
  const used = await tx.one<{ people: string; units: string }>(sql`
    select
      (select count(*) from directory.person where organization_id = ${tx.organizationId} and unit_id = ${id}
        and (ended_on is null or ended_on > ${today})) as people,
      (select count(*) from directory.unit where organization_id = ${tx.organizationId} and parent_id = ${id}
        and ended_on is null) as units`)
  const [people, units] = [Number(used?.people ?? 0), Number(used?.units ?? 0)]
  if (people + units > 0)
    throw new Refusal('unit_in_use', 409, {
      zh: `该单位还有 ${people} 名人员、${units} 个下级单位，请先调走。`,
      en: `The unit still has ${people} people and ${units} units below it; move them first.`,
    })
  await tx.run(sql`
    update directory.unit set ended_on = ${today} where organization_id = ${tx.organizationId} and id = ${id}`)
}

async function ownUnit(tx: Tx, id: string): Promise<Unit> {
  const unit = (await listUnits(tx)).find((one) => one.id === id)
  if (!unit) throw notFound()
  if (id === (await organizationOf(tx)).rootUnitId)
    throw new Refusal('root_unit', 409, {
      zh: '这是企业本身，请在企业设置中修改名称；它不能停用或移动。',
      en: 'This is the organization itself: rename it in its settings; it cannot be closed or moved.',
    })
  return unit
}
