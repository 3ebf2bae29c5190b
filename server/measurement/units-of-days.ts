import {
  movingDays,
  type OrganizationAsked,
  type PlacedUnit,
  pathOn,
  readPlacedUnits,
} from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { notFound } from '../platform/refusal.ts'
import { joinSql, type Sql, sql } from '../platform/sql.ts'
import type { Zone } from '../platform/time.ts'
import type { Question } from './question.ts'
import { unitsBelow } from './units.ts'

/** The units a question is about, by the tree of each of its days. */
export interface AskedUnits {
  /** All of them, whatever the day. */
  ever: string[]
  /** The days on which another tree begins, in order; most questions have none. */
  cuts: readonly number[]
  /** Whether a record of one of them counts on a day. */
  counts(unitId: string, day: number): boolean
  /** In a split by unit: the units asked about for which a record of a unit counts on a day, itself and those above. */
  owners(unitId: string, day: number): readonly string[]
  /** Where units moved: the units of each stretch of days, for the database. */
  stretches(): { fromDay: number; units: string[] }[]
}

type Asked = Pick<Question, 'where' | 'fromDay' | 'toDay'> & { by?: Question['by'] }

/**
 * The units of the filter within the actor's own; unseen is not found. Who sees not the whole and names no unit asks for
 * the topmost units they see. What is seen is decided by the tree of today, what counts by that of the day.
 */
export async function unitsAsked(
  tx: Tx,
  question: Asked,
  { unitsMoved, rootUnitId }: Pick<OrganizationAsked, 'unitsMoved' | 'rootUnitId'>,
  units?: PlacedUnit[] | undefined,
): Promise<AskedUnits> {
  const { unit, within } = question.where
  for (const one of [unit, within]) if (one !== undefined && !tx.unitIds.includes(one)) throw notFound()
  const all = unit === undefined && tx.unitIds.includes(rootUnitId)
  if (question.by !== 'unit' && within === undefined && (all || !unitsMoved))
    return steady(await unitsOfToday(tx, unit))
  return byDay(tx, question, units ?? (await readPlacedUnits(tx)))
}

async function unitsOfToday(tx: Tx, unit: string | undefined): Promise<string[]> {
  if (unit === undefined) return tx.unitIds
  const below = await unitsBelow(tx, unit)
  return below.filter((id) => tx.unitIds.includes(id))
}

/** Nobody moved, or it does not matter. */
const steady = (ever: string[]): AskedUnits => ({
  ever,
  cuts: [],
  counts: () => true,
  owners: (id) => [id],
  stretches: () => [],
})

interface Stretch {
  fromDay: number
  /** Of each unit that counts: itself and those above that are asked about. */
  owners: Map<string, string[]>
}

function byDay(tx: Tx, { where, by, fromDay, toDay }: Asked, rows: PlacedUnit[]): AskedUnits {
  const units = new Map(rows.map((row) => [row.id, row]))
  const own = new Set(tx.unitIds)
  const cuts = movingDays(rows).filter((day) => day > fromDay && day < toDay)
  // A split without a unit has a row for each unit seen, wherever it stood.
  const tops = where.unit !== undefined ? new Set([where.unit]) : by === 'unit' ? own : topsOf(rows, own)
  const { within } = where
  const stretches = [fromDay, ...cuts].map((from): Stretch => {
    const owners = new Map<string, string[]>()
    for (const id of own) {
      const path = pathOn(units, id, from)
      const top = path.findLastIndex((one) => tops.has(one))
      if (top >= 0 && (within === undefined || path.includes(within, top)))
        owners.set(
          id,
          path.slice(0, top + 1).filter((one) => own.has(one)),
        )
    }
    return { fromDay: from, owners }
  })
  const on = (day: number) => stretches.findLast((one) => one.fromDay <= day) ?? stretches[0]!
  return {
    ever: [...new Set(stretches.flatMap(({ owners }) => [...owners.keys()]))],
    cuts,
    counts: (id, day) => on(day).owners.has(id),
    owners: (id, day) => on(day).owners.get(id) ?? none,
    stretches: () =>
      cuts.length === 0
        ? []
        : stretches.map((one) => ({ fromDay: one.fromDay, units: [...one.owners.keys()] })),
  }
}

const none: readonly string[] = []

/** The units seen above which none is seen today. */
const topsOf = (rows: PlacedUnit[], own: ReadonlySet<string>): Set<string> =>
  new Set(
    rows
      .filter(({ id, parentId }) => own.has(id) && !(parentId !== null && own.has(parentId)))
      .map(({ id }) => id),
  )

/** Whether a record is of a unit that counts on its day, as SQL; `at` is the instant of it. True where no unit moved. */
export function placedSql(units: AskedUnits, at: Sql, zone: Zone): Sql {
  const stretches = units.stretches()
  if (stretches.length === 0) return sql`true`
  const conditions = stretches.map(({ fromDay, units: some }, i) => {
    const next = stretches[i + 1]
    // What the first stretch begins with is bounded by the days asked.
    const from = i === 0 ? sql`true` : sql`${at} >= ${new Date(zone.dayStartMs(fromDay))}`
    const to = next ? sql`${at} < ${new Date(zone.dayStartMs(next.fromDay))}` : sql`true`
    return sql`(${from} and ${to} and unit_id = any(${some}::uuid[]))`
  })
  return sql`(${joinSql(conditions, ' or ')})`
}
