import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { dateToDay, dayToDate } from '../platform/time.ts'
import { organizationOf } from './organizations.ts'
import { everOn, movingDays, type PlacedUnit, parentOn, readPlacedUnits } from './unit-places.ts'

export interface Mover {
  id: string | null
  name: string
  now: Date
  /** The day of the first record of some units, where they have any: units are often made by the first file that names them. */
  firstRecordOn: (tx: Tx, unitIds: string[]) => Promise<string | undefined>
}

/** `always`: it never stood elsewhere, and what was recorded before was wrong. */
export type FromOn = string | 'always'

/**
 * Puts a unit under another from a local day on: from today where none is named, from ever on the day the unit was made,
 * since it has stood nowhere else. Answers with that day; undefined where it stood there already. The caller holds the lock
 * on the tree. Refuses (400) a day to come, one before the unit existed, and a unit above itself on any day; and (403) to take
 * days from a unit out of reach.
 */
export async function moveUnit(
  tx: Tx,
  id: string,
  { parentId, fromOn }: { parentId: string; fromOn?: FromOn | undefined },
  mover: Mover,
): Promise<FromOn | undefined> {
  const units = await readPlacedUnits(tx)
  const unit = units.find((one) => one.id === id)!
  const days = await daysOf(tx, units, id, mover)
  const asked = fromOn ?? (days.madeOn === days.today ? 'always' : days.today)
  if (asked !== 'always') refuseDay(asked, days)
  const from = asked === 'always' ? everOn : asked
  const fromDay = dateToDay(from)
  const place = { parentId, fromDay, recordedMs: mover.now.getTime() }
  const moved: PlacedUnit = { ...unit, parentId, places: [...firstPlace(unit), place] }
  const after = new Map(units.map((one) => [one.id, one.id === id ? moved : one]))
  const since = [fromDay, ...movingDays([...after.values()]).filter((day) => day > fromDay)]
  refuseRing(after, id, since)
  const before = since.map((day) => parentOn(unit, day))
  if (before.every((one) => one === parentId)) return undefined
  // Who moves a past takes it away from whoever had it.
  if (before.some((one) => one !== null && !tx.unitIds.includes(one))) throw beyondReach()
  await writePlaces(tx, unit, { parentId, from }, mover)
  return asked
}

/** The days that bound a move: when the unit was made, when it or one below it has its first record, and today. */
async function daysOf(tx: Tx, units: PlacedUnit[], id: string, mover: Pick<Mover, 'now' | 'firstRecordOn'>) {
  const { zone } = await organizationOf(tx)
  const made = await tx.one<{ at: Date }>(
    sql`select created_at as at from directory.unit where organization_id = ${tx.organizationId} and id = ${id}`,
  )
  const madeOn = dayToDate(zone.localDay(made!.at.getTime()))
  const firstRecordOn = await mover.firstRecordOn(tx, withBelow(units, id))
  const firstOn = firstRecordOn !== undefined && firstRecordOn < madeOn ? firstRecordOn : madeOn
  return { madeOn, firstOn, today: dayToDate(zone.localDay(mover.now.getTime())) }
}

function withBelow(units: PlacedUnit[], id: string): string[] {
  const below = units.filter(({ parentId }) => parentId === id)
  return [id, ...below.flatMap((one) => withBelow(units, one.id))]
}

function refuseDay(fromOn: string, { firstOn, today }: { firstOn: string; today: string }): void {
  if (fromOn > today)
    throw new Refusal('move_in_future', 400, {
      zh: `${fromOn} 还没有到（今天是 ${today}）。请到那天再调整，或填写不晚于今天的日期。`,
      en: `${fromOn} is still to come (today is ${today}). Move the unit on that day, or name a day up to today.`,
    })
  if (fromOn < firstOn)
    throw new Refusal('move_before_unit', 400, {
      zh: `该单位 ${firstOn} 才有记录，${fromOn} 还不存在。请填写 ${firstOn} 或之后的日期；若它一直归属这里，请选“纠正：一直归属这里”（always）。`,
      en: `The unit has nothing before ${firstOn} and did not exist on ${fromOn}. Name ${firstOn} or a later day; if it always stood there, choose the correction (always).`,
    })
}

/** Where a unit that never moved has stood from ever. */
const firstPlace = ({ parentId, places }: PlacedUnit): PlacedUnit['places'] =>
  places.length > 0
    ? places
    : [{ parentId: parentId ?? '', fromDay: dateToDay(everOn), recordedMs: Number.NEGATIVE_INFINITY }]

/** A unit must stand below itself on no day, neither now nor in what was. */
function refuseRing(units: ReadonlyMap<string, PlacedUnit>, id: string, days: number[]): void {
  for (const day of days) {
    const seen = new Set<string>()
    for (let at = parentOn(units.get(id)!, day); at !== null && !seen.has(at); ) {
      if (at === id) throw aboveItself(day === days.at(-1) ? undefined : dayToDate(Math.max(day, firstShown)))
      seen.add(at)
      const unit = units.get(at)
      at = unit ? parentOn(unit, day) : null
    }
  }
}
const firstShown = dateToDay('1970-01-01')

const aboveItself = (on: string | undefined) =>
  new Refusal('unit_above_itself', 400, {
    zh: `单位不能归到自己或自己的下级之下。${on ? `按已记录的归属，${on} 起会这样；请填写更晚的日期。` : ''}`,
    en: `A unit cannot stand below itself or below a unit of its own.${on ? ` As the places are recorded, that would be so from ${on}; name a later day.` : ''}`,
  })

const beyondReach = () =>
  new Refusal('move_beyond_reach', 403, {
    zh: '这段时间里，该单位归属于您管辖之外的上级；改动会动到对方的历史数值。请填写更晚的日期，或请企业管理员调整。',
    en: 'In these days the unit stood below one out of your reach, whose past figures would change. Name a later day, or ask an administrator of the organization.',
  })

async function writePlaces(
  tx: Tx,
  unit: PlacedUnit,
  { parentId, from }: { parentId: string; from: string },
  { id: by, name, now }: Mover,
): Promise<void> {
  const key = sql`${tx.organizationId}, ${unit.id}`
  if (unit.places.length === 0)
    await tx.run(sql`
      insert into directory.unit_place (organization_id, unit_id, number, parent_id, from_on, recorded_at)
      values (${key}, 0, ${unit.parentId}, ${everOn}, ${now})`)
  await tx.run(sql`
    insert into directory.unit_place
      (organization_id, unit_id, number, parent_id, from_on, recorded_at, recorded_by, recorded_by_name)
    values (${key}, ${Math.max(unit.places.length, 1)}, ${parentId}, ${from}, ${now}, ${by}, ${name})`)
  await tx.run(sql`
    update directory.unit set parent_id = ${parentId} where organization_id = ${tx.organizationId} and id = ${unit.id}`)
  // Limits follow the tree too: the review of clocks compares this number.
  await tx.run(sql`
    update directory.organization set unit_moves = unit_moves + 1 where id = ${tx.organizationId}`)
}

/** Where a unit stood, as the page shows it: what was recorded last first. Of units out of reach no name. */
export async function placesOfUnit(tx: Tx, id: string, mover: Pick<Mover, 'now' | 'firstRecordOn'>) {
  const units = await readPlacedUnits(tx)
  const items = await tx.rows<{
    parent: { id: string; name: string } | null
    fromOn: string
    recordedAt: Date
    by: string
    first: boolean
  }>(sql`
    select case when p.parent_id = any(${tx.unitIds}::uuid[]) then json_build_object('id', p.parent_id, 'name', u.name) end
        as parent, p.from_on as "fromOn", p.recorded_at as "recordedAt", p.recorded_by_name as by, p.number = 0 as first
    from directory.unit_place p
    join directory.unit u on u.organization_id = p.organization_id and u.id = p.parent_id
    where p.organization_id = ${tx.organizationId} and p.unit_id = ${id} order by p.number desc`)
  return {
    ...(await daysOf(tx, units, id, mover)),
    items: items.map(({ first, recordedAt, fromOn, ...one }) => ({
      ...one,
      fromOn: fromOn === everOn ? null : fromOn,
      recordedAt: first ? null : recordedAt.toISOString(),
    })),
  }
}
