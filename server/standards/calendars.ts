import type { z } from 'zod'
import type { CalendarReply, publishCalendar } from '../../contract/standards.ts'
import { type PlacedUnit, readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import type { Zone } from '../platform/time.ts'
import { type CalendarVersion, hoursOf, usualCalendar } from './calendar.ts'
import type { Hours, Period } from './working-time.ts'

type Draft = z.output<typeof publishCalendar.body>

/** Versions of the units in reach and of the organization, newest first. */
export async function listCalendars(tx: Tx): Promise<CalendarReply[]> {
  const rows = await tx.rows<CalendarReply & { published_at: Date }>(sql`
    select c.unit_id as "unitId", n.name as "unitName", c.version, c.effective_on as "effectiveOn", c.week, c.holidays,
      c.days, c.reason, u.name as author, c.published_at
    from standards.calendar c
    join directory.unit n on n.organization_id = c.organization_id and n.id = c.unit_id
    left join access.user u on u.organization_id = c.organization_id and u.id = c.author_id
    where c.organization_id = ${tx.organizationId} and (c.unit_id = any(${tx.unitIds}::uuid[]) or n.parent_id is null)
    order by n.parent_id is not null, n.name, c.version desc`)
  return rows.map(({ published_at, ...row }) => ({ ...row, publishedAt: published_at.toISOString() }))
}

/** The next version of a unit's hours. Refuses (400) periods that overlap, a week without work, a day twice. */
export async function publishTheCalendar(
  tx: Tx,
  draft: Draft,
  { authorId, now }: { authorId: string | null; now: Date },
): Promise<number> {
  if (!tx.unitIds.includes(draft.unitId)) throw notFound()
  checkHours(draft)
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`calendar ${tx.organizationId} ${draft.unitId}`}, 0))`,
  )
  const last = await tx.one<{ version: number | null }>(sql`
    select max(version) as version from standards.calendar
    where organization_id = ${tx.organizationId} and unit_id = ${draft.unitId}`)
  const version = (last?.version ?? 0) + 1
  await tx.run(sql`
    insert into standards.calendar (organization_id, unit_id, version, effective_on, week, holidays, days, author_id,
      reason, published_at)
    values (${tx.organizationId}, ${draft.unitId}, ${version}, ${draft.effectiveOn}, ${JSON.stringify(draft.week)},
      ${draft.holidays}, ${JSON.stringify(draft.days)}, ${authorId}, ${draft.reason}, ${now})`)
  return version
}

function checkHours({ week, days }: Draft): void {
  for (const periods of [...week, ...days.map((one) => one.periods)]) checkOrder(periods)
  if (week.every((periods) => periods.length === 0))
    throw new Refusal('no_working_time', 400, {
      zh: '一周里没有任何工作时间，请至少填写一天。',
      en: 'The week has no working time; give at least one day some.',
    })
  const seen = new Set<string>()
  for (const { date } of days) {
    if (seen.has(date))
      throw new Refusal('day_twice', 400, {
        zh: `${date} 出现了两次，请删去其中一个。`,
        en: `${date} stands twice; remove one of them.`,
      })
    seen.add(date)
  }
}

function checkOrder(periods: readonly Period[]): void {
  for (const [i, [from]] of periods.entries()) {
    const before = periods[i - 1]
    if (before && from < before[1])
      throw new Refusal('periods_overlap', 400, {
        zh: '同一天的时段有重叠或先后颠倒，请按时间先后填写。',
        en: 'Periods of a day overlap or stand out of order; write them one after the other.',
      })
  }
}

/**
 * The versions of a unit's hours and of the units above it, nearest first, as `hoursOf` takes them. Refuses (404) where
 * none was ever published.
 */
export async function calendarsOf(tx: Tx, unitId: string): Promise<CalendarVersion[][]> {
  if (!tx.unitIds.includes(unitId)) throw notFound()
  const rows = await tx.rows<{ versions: CalendarVersion[] | null }>(sql`
    with recursive above as (
      select id, parent_id, 0 as depth from directory.unit
      where organization_id = ${tx.organizationId} and id = ${unitId}
      union all
      select u.id, u.parent_id, a.depth + 1 from above a
      join directory.unit u on u.organization_id = ${tx.organizationId} and u.id = a.parent_id)
    select (
      select json_agg(json_build_object('effectiveOn', c.effective_on, 'week', c.week, 'holidays', c.holidays,
        'days', c.days) order by c.version)
      from standards.calendar c where c.organization_id = ${tx.organizationId} and c.unit_id = a.id) as versions
    from above a order by a.depth`)
  const chain = rows.map(({ versions }) => versions ?? [])
  if (chain.some((versions) => versions.length > 0)) return chain
  throw new Refusal('no_calendar', 404, {
    zh: '还没有工作日历，请先发布企业的工作时间。',
    en: 'There is no working calendar yet; publish the hours of the organization first.',
  })
}

/**
 * The hours of every unit, for what came at an instant: those of the place where the unit stood then, as it was recorded
 * by then. A move told late, or a place corrected, moves no limit of what was already there; of what came before the unit
 * was made, the end of its first day decides. Of an unknown unit, those of the organization.
 */
export interface AllHours {
  of: (unitId: string, atMs: number) => Hours
  /** The calendars behind them, nearest first. */
  chainOf: (unitId: string, atMs: number) => CalendarVersion[][]
  /** All that the hours follow from; equal for equal hours. */
  rules: unknown
}

/** Every unit's hours. Where none were ever published, the usual ones hold. */
export async function openHours(tx: Tx, zone: Zone): Promise<AllHours> {
  const units = await tx.rows<{
    id: string
    parentId: string | null
    versions: CalendarVersion[] | null
  }>(sql`
    select u.id, u.parent_id as "parentId", (
      select json_agg(json_build_object('effectiveOn', c.effective_on, 'week', c.week, 'holidays', c.holidays,
        'days', c.days) order by c.version)
      from standards.calendar c where c.organization_id = u.organization_id and c.unit_id = u.id) as versions
    from directory.unit u where u.organization_id = ${tx.organizationId} order by u.id`)
  const parentAt = parentsAt(await readPlacedUnits(tx), zone)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const root = units.find(({ parentId }) => parentId === null)
  const known = new Map<string, Hours>()
  const usual: CalendarVersion = { ...usualCalendar, effectiveOn: '0001-01-01' }
  const pathOf = (unitId: string, atMs: number): string[] => {
    const path: string[] = []
    for (let unit = byId.get(unitId) ?? root; unit && path.length < mostLevels; ) {
      path.push(unit.id)
      unit = byId.get(parentAt.of(unit, atMs) ?? '')
    }
    return path
  }
  const chainOf = (unitId: string, atMs: number): CalendarVersion[][] => {
    const chain = pathOf(unitId, atMs).flatMap((id) => {
      const versions = byId.get(id)?.versions
      return versions ? [versions] : []
    })
    return chain.length > 0 ? chain : [[usual]]
  }
  // Where nobody moved, a unit has one way up.
  const keyOf = (unitId: string, atMs: number) =>
    parentAt.rules.length === 0 ? unitId : pathOf(unitId, atMs).join(' ')
  return {
    chainOf,
    of: (unitId, atMs) => {
      const key = keyOf(unitId, atMs)
      const found = known.get(key) ?? hoursOf(zone, chainOf(unitId, atMs))
      known.set(key, found)
      return found
    },
    rules: [zone.name, units, ...parentAt.rules],
  }
}

/** The unit above at an instant, as it was recorded by then, of units that moved; of the others, the one of today. */
function parentsAt(units: readonly PlacedUnit[], zone: Zone) {
  const moved = new Map(units.filter(({ places }) => places.length > 0).map((unit) => [unit.id, unit]))
  return {
    of: ({ id, parentId }: Pick<PlacedUnit, 'id' | 'parentId'>, atMs: number): string | null => {
      const unit = moved.get(id)
      if (!unit) return parentId
      const day = zone.localDay(atMs)
      // What came before the unit was made is judged by the place it had found when its first day was over.
      const knownMs = atMs < unit.madeMs ? zone.dayStartMs(zone.localDay(unit.madeMs) + 1) - 1 : atMs
      return (
        unit.places.findLast(({ fromDay, recordedMs }) => fromDay <= day && recordedMs <= knownMs)
          ?.parentId ?? null
      )
    },
    rules: [...moved.values()]
      .map(({ id, madeMs, places }) => ({ id, madeMs, places }))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  }
}

/** More levels than any organization has: a way up that is longer goes round. */
const mostLevels = 50
