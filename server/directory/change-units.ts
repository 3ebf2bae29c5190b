import type { Tx } from '../platform/database.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { type FromOn, type Mover, moveUnit, placesOfUnit } from './move-unit.ts'
import { organizationOf } from './organizations.ts'
import { listUnits, type Unit, type UnitKind } from './units.ts'

interface ChangedUnit {
  name?: string | undefined
  kind?: UnitKind | undefined
  parentId?: string | undefined
  fromOn?: FromOn | undefined
}

/**
 * Refuses a name that is taken, and what moving a unit refuses; the root unit takes its name from the organization. Another
 * parent is a move, and so is a day alone; the day it holds from is answered with it.
 */
export async function changeUnit(
  tx: Tx,
  id: string,
  { fromOn, ...changed }: ChangedUnit,
  mover: Mover,
): Promise<{ unit: Unit; movedFrom: FromOn | undefined }> {
  // Two moves at once could make a ring that neither sees.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`units ${tx.organizationId}`}, 0))`)
  const unit = await ownUnit(tx, id)
  const parentId = changed.parentId ?? unit.parentId
  const next = { ...unit, name: changed.name ?? unit.name, kind: changed.kind ?? unit.kind, parentId }
  const moves = parentId !== null && (fromOn !== undefined || parentId !== unit.parentId)
  if (moves && !tx.unitIds.includes(parentId)) throw notFound()
  const taken = await tx.one(sql`
    select 1 from directory.unit where organization_id = ${tx.organizationId} and name = ${next.name} and id <> ${id}`)
  if (taken)
    throw new Refusal('name_taken', 409, {
      zh: `已有名为“${next.name}”的单位。`,
      en: `There is already a unit named "${next.name}".`,
    })
  const movedFrom = moves ? await moveUnit(tx, id, { parentId, fromOn }, mover) : undefined
  await tx.run(sql`
    update directory.unit set name = ${next.name}, kind = ${next.kind}
    where organization_id = ${tx.organizationId} and id = ${id}`)
  return { unit: next, movedFrom }
}

/** Where a unit stood from when on, as it was recorded, and the days between which it can be moved. */
export async function unitPlaces(tx: Tx, id: string, mover: Pick<Mover, 'now' | 'firstRecordOn'>) {
  await ownUnit(tx, id)
  return placesOfUnit(tx, id, mover)
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
