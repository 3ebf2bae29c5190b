import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { dateToDay } from '../platform/time.ts'

/** The day of a place that a unit has had from ever. */
export const everOn = '0001-01-01'
export const everDay = dateToDay(everOn)

/** Where a unit stood from a local day on, unless what was recorded later says otherwise. */
export interface Place {
  parentId: string
  fromDay: number
  /** When somebody said so; −Infinity of the place before the first move. */
  recordedMs: number
}

export interface PlacedUnit {
  id: string
  /** Of today. */
  parentId: string | null
  name: string
  madeMs: number
  /** In the order recorded; none of a unit that never moved. */
  places: readonly Place[]
}

type PlacedRow = [
  id: string,
  parentId: string | null,
  name: string,
  madeMs: number,
  places: [parentId: string, fromDay: number, recordedMs: number | null][] | null,
]

/** Every unit with the places it had. */
export const readPlacedUnits = (tx: Tx): Promise<PlacedUnit[]> =>
  tx
    .prepared<PlacedRow>(
      'units',
      sql`
        select u.id::text, u.parent_id::text, u.name, floor(extract(epoch from u.created_at) * 1000)::float8, p.places
        from directory.unit u
        left join (
          select unit_id, json_agg(json_build_array(parent_id, from_on - date '1970-01-01',
            case when number > 0 then floor(extract(epoch from recorded_at) * 1000)::float8 end) order by number) as places
          from directory.unit_place where organization_id = ${tx.organizationId} group by unit_id
        ) p on p.unit_id = u.id
        where u.organization_id = ${tx.organizationId}`,
    )
    .then((rows) =>
      rows.map(([id, parentId, name, madeMs, places]) => ({
        id,
        parentId,
        name,
        madeMs,
        places: placesOf(places),
      })),
    )

const placesOf = (rows: PlacedRow[4]): Place[] =>
  (rows ?? []).map(([parentId, fromDay, recordedMs]) => ({
    parentId,
    fromDay,
    recordedMs: recordedMs ?? Number.NEGATIVE_INFINITY,
  }))

/** The unit above on a day, as it is known now. */
export const parentOn = (
  { parentId, places }: Pick<PlacedUnit, 'parentId' | 'places'>,
  day: number,
): string | null => places.findLast(({ fromDay }) => fromDay <= day)?.parentId ?? parentId

/** The days on which some unit came to stand elsewhere, in order; its place from ever is none. */
export const movingDays = (units: readonly PlacedUnit[]): number[] =>
  [...new Set(units.flatMap(({ places }) => places.map(({ fromDay }) => fromDay)))]
    .filter((day) => day > everDay)
    .sort((a, b) => a - b)

/** More levels than any organization has: a way up that is longer goes round. */
const mostLevels = 50

/** A unit and those above it on a day, nearest first. */
export function pathOn(units: ReadonlyMap<string, PlacedUnit>, id: string, day: number): string[] {
  const path: string[] = []
  for (let unit = units.get(id); unit && path.length < mostLevels; ) {
    path.push(unit.id)
    unit = units.get(parentOn(unit, day) ?? '')
  }
  return path
}
