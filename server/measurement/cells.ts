import { tellPages } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { type CellDelta, monthDate } from './accumulate.ts'
import { cellFormat } from './cell.ts'
import type { CellCache } from './cell-cache.ts'
import type { OwnInCells } from './own/in-cells.ts'

/** One writer of an organization's cells at a time; held until the transaction ends. */
export async function lockCells(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`cells:${tx.organizationId}`}, 0))`)
}

interface CellKey {
  slice: string
  month_on: string
  member: string
}

export interface PackedCell {
  slice: string
  monthOn: string
  member: string
  total: Buffer
  days: Buffer
}

export const keyOf = (slice: string, month: string, member: string) => `${slice} ${month} ${member}`

/** Bounds what is packed and not yet written: a cell is seldom over 20 kB. */
export const cellsAtOnce = 250

/** Merges signed amounts into the stored cells. The caller holds the lock. */
export async function mergeCells(
  tx: Tx,
  deltas: CellDelta[],
  rootUnitId: string,
  cache?: CellCache,
): Promise<void> {
  const known = (delta: CellDelta) => cache?.get(keyOf(delta.slice, monthDate(delta), delta.member))
  const readUnknown = (chunk: CellDelta[] = []) =>
    readStored(
      tx,
      chunk.filter((delta) => known(delta) === undefined),
    )
  const chunks = chunksOf(deltas)
  let stored = await readUnknown(chunks[0])
  let writing = Promise.resolve()
  for (const [i, chunk] of chunks.entries()) {
    const cells = chunk.map((delta) =>
      packCell(delta, known(delta) ?? stored.get(keyOf(delta.slice, monthDate(delta), delta.member))),
    )
    for (const cell of cells)
      cache?.set(keyOf(cell.slice, cell.monthOn, cell.member), holdsNothing(cell) ? null : cell.days)
    await writing
    stored = await readUnknown(chunks[i + 1])
    // While the database takes these in, the next ones are packed.
    writing = writeCells(tx, cells, rootUnitId)
    writing.catch(() => {})
  }
  await writing
}

export const chunksOf = (deltas: CellDelta[]): CellDelta[][] =>
  Array.from({ length: Math.ceil(deltas.length / cellsAtOnce) }, (_, i) =>
    deltas.slice(i * cellsAtOnce, (i + 1) * cellsAtOnce),
  )

// Lateral with a limit: as a plain join the planner reads every cell of the organization to find a few.
async function readStored(tx: Tx, chunk: CellDelta[]): Promise<Map<string, Buffer>> {
  if (chunk.length === 0) return new Map()
  const rows = await tx.rows<CellKey & { days: Buffer }>(sql`
    select wanted.slice, wanted.month_on, wanted.member, c.days
    from unnest(${chunk.map((cell) => cell.slice)}::text[], ${chunk.map(monthDate)}::date[],
      ${chunk.map((cell) => cell.member)}::text[]) as wanted (slice, month_on, member)
    cross join lateral (
      select one.days from measurement.cell one where one.organization_id = ${tx.organizationId}
        and one.slice = wanted.slice and one.month_on = wanted.month_on and one.member = wanted.member limit 1) c`)
  return new Map(rows.map((row) => [keyOf(row.slice, row.month_on, row.member), row.days]))
}

/** A cell as it is to be stored: gathered amounts upon what it held. */
export const packCell = (delta: CellDelta, storedDays?: Uint8Array): PackedCell => ({
  slice: delta.slice,
  monthOn: monthDate(delta),
  member: delta.member,
  ...delta.merge(storedDays),
})

export const holdsNothing = (cell: PackedCell): boolean => cell.days.length === 0

export async function writeCells(tx: Tx, cells: PackedCell[], rootUnitId: string): Promise<void> {
  const gone = cells.filter(holdsNothing)
  const kept = cells.filter((cell) => !holdsNothing(cell))
  await removeCells(tx, gone)
  if (kept.length > 0) await tx.run(storingSql(tx, packedSql(kept), rootUnitId))
}

const storingSql = (tx: Tx, cells: Sql, rootUnitId: string): Sql => sql`
  insert into measurement.cell (organization_id, slice, month_on, member, unit_id, total, days)
  select ${tx.organizationId}::uuid, slice, month_on, member,
    case when slice = 'unit' then member::uuid else ${rootUnitId}::uuid end, total, days
  from (${cells}) new
  on conflict (organization_id, slice, month_on, member) do update set total = excluded.total, days = excluded.days`

export async function removeCells(tx: Tx, cells: Pick<PackedCell, 'slice' | 'monthOn' | 'member'>[]) {
  if (cells.length > 0)
    await tx.run(sql`
      delete from measurement.cell c
      using unnest(${cells.map((cell) => cell.slice)}::text[], ${cells.map((cell) => cell.monthOn)}::date[],
        ${cells.map((cell) => cell.member)}::text[]) as gone (slice, month_on, member)
      where c.organization_id = ${tx.organizationId} and c.slice = gone.slice and c.month_on = gone.month_on
        and c.member = gone.member`)
}

interface DifferingCell extends CellKey {
  stored: boolean
}

/** Of these cells the ones that are not stored to the very byte. */
export async function differingCells(tx: Tx, cells: PackedCell[]): Promise<DifferingCell[]> {
  if (cells.length === 0) return []
  return tx.rows(sql`select slice, month_on, member, stored from (${differingSql(tx, cells)}) wrong`)
}

/** Writes those of the cells that are not stored to the very byte, and tells which. All hold something. */
export async function renewCells(tx: Tx, cells: PackedCell[], rootUnitId: string): Promise<DifferingCell[]> {
  if (cells.length === 0) return []
  return tx.rows(sql`
    with wrong as materialized (${differingSql(tx, cells)}),
    written as (${storingSql(tx, sql`select slice, month_on, member, total, days from wrong`, rootUnitId)})
    select slice, month_on, member, stored from wrong`)
}

const differingSql = (tx: Tx, cells: PackedCell[]): Sql => sql`
  select new.slice, new.month_on, new.member, new.total, new.days, c.stored is not null as stored
  from (${packedSql(cells)}) new
  left join lateral (
    select true as stored, one.total, one.days from measurement.cell one
    where one.organization_id = ${tx.organizationId} and one.slice = new.slice and one.month_on = new.month_on
      and one.member = new.member limit 1) c on true
  where c.stored is null or c.total <> new.total or c.days <> new.days`

/** Cells as rows: their bytes travel as one binary value, as an array they would be written out in hex. */
export function packedSql(cells: PackedCell[]): Sql {
  let at = 1
  const places = cells.map(({ total, days }) => {
    const place = { total: at, days: at + total.length }
    at += total.length + days.length
    return place
  })
  return sql`
    select slice, month_on, member, substring(bytes from total_at for days_at - total_at) as total,
      substring(bytes from days_at for days_size) as days
    from (select ${Buffer.concat(cells.flatMap(({ total, days }) => [total, days]))}::bytea as bytes) packed,
      unnest(${cells.map((cell) => cell.slice)}::text[], ${cells.map((cell) => cell.monthOn)}::date[],
        ${cells.map((cell) => cell.member)}::text[], ${places.map((place) => place.total)}::int[],
        ${places.map((place) => place.days)}::int[], ${cells.map((cell) => cell.days.length)}::int[])
        as cut (slice, month_on, member, total_at, days_at, days_size)`
}

/** Counts the cells' version up and tells the open pages; the last step of whoever wrote cells. */
export async function bumpVersion(tx: Tx, now: Date): Promise<number> {
  const state = await tx.one<{ version: number }>(sql`
    insert into measurement.state (organization_id, version, measured_at, cell_format)
    values (${tx.organizationId}, 1, ${now}, ${cellFormat})
    on conflict (organization_id) do update set version = measurement.state.version + 1, measured_at = ${now}
    returning version`)
  await tellPages(tx)
  return state?.version ?? 0
}

/**
 * The version of the cells as the last writer left them, 0 when there was none, and the definitions of own measures that
 * they were counted by.
 */
export async function cellState(tx: Tx): Promise<{ version: number; own: OwnInCells | null }> {
  const state = await tx.one<{ version: number; own: OwnInCells | null }>(
    sql`select version, own from measurement.state where organization_id = ${tx.organizationId}`,
  )
  return state ?? { version: 0, own: [] }
}
