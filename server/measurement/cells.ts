import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { type CellDelta, monthDate } from './accumulate.ts'
import { type Amounts, addAmounts } from './amounts.ts'
import { packAmounts, packDays, unpackAmounts, unpackDays } from './cell.ts'

/** One writer of an organization's cells at a time; held until the transaction ends. */
export async function lockCells(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`cells:${tx.organizationId}`}, 0))`)
}

interface StoredCell {
  slice: string
  month_on: string
  member: string
  total: Buffer
  days: Buffer
}

export interface PackedCell {
  slice: string
  monthOn: string
  member: string
  total: Buffer
  days: Buffer
}

const keyOf = (slice: string, month: string, member: string) => `${slice} ${month} ${member}`

/** Merges signed amounts into the stored cells. The caller holds the lock. */
export async function mergeCells(tx: Tx, deltas: CellDelta[], rootUnitId: string): Promise<void> {
  for (let i = 0; i < deltas.length; i += 2000) {
    const chunk = deltas.slice(i, i + 2000)
    const stored = await readStored(tx, chunk)
    await writeCells(
      tx,
      chunk.map((delta) => mergeOne(delta, stored.get(keyOf(delta.slice, monthDate(delta), delta.member)))),
      rootUnitId,
    )
  }
}

// Lateral with a limit: as a plain join the planner reads every cell of the organization to find a few.
async function readStored(tx: Tx, chunk: CellDelta[]): Promise<Map<string, StoredCell>> {
  const rows = await tx.rows<StoredCell>(sql`
    select c.slice, c.month_on, c.member, c.total, c.days
    from unnest(${chunk.map((cell) => cell.slice)}::text[], ${chunk.map(monthDate)}::date[],
      ${chunk.map((cell) => cell.member)}::text[]) as wanted (slice, month_on, member)
    cross join lateral (
      select * from measurement.cell one where one.organization_id = ${tx.organizationId} and one.slice = wanted.slice
        and one.month_on = wanted.month_on and one.member = wanted.member limit 1) c`)
  return new Map(rows.map((row) => [keyOf(row.slice, row.month_on, row.member), row]))
}

function mergeOne(delta: CellDelta, stored: StoredCell | undefined): PackedCell {
  const days = stored ? unpackDays(stored.days) : new Map<number, Amounts>()
  const total: Amounts = stored ? unpackAmounts(stored.total) : []
  for (const [day, amounts] of delta.days()) {
    const existing = days.get(day)
    if (existing) addAmounts(existing, amounts)
    else days.set(day, amounts)
    addAmounts(total, amounts)
  }
  return {
    slice: delta.slice,
    monthOn: monthDate(delta),
    member: delta.member,
    total: packAmounts(total),
    days: packDays(days),
  }
}

/** A fresh cell of gathered days, for a rebuild. */
export const packCell = (delta: CellDelta): PackedCell => mergeOne(delta, undefined)

export const holdsNothing = (cell: PackedCell): boolean => cell.total[0] === 0 && cell.days.length === 0

export async function writeCells(tx: Tx, cells: PackedCell[], rootUnitId: string): Promise<void> {
  const gone = cells.filter(holdsNothing)
  const kept = cells.filter((cell) => !holdsNothing(cell))
  if (gone.length > 0)
    await tx.run(sql`
      delete from measurement.cell c
      using unnest(${gone.map((cell) => cell.slice)}::text[], ${gone.map((cell) => cell.monthOn)}::date[],
        ${gone.map((cell) => cell.member)}::text[]) as gone (slice, month_on, member)
      where c.organization_id = ${tx.organizationId} and c.slice = gone.slice and c.month_on = gone.month_on
        and c.member = gone.member`)
  if (kept.length > 0)
    await tx.run(sql`
      insert into measurement.cell (organization_id, slice, month_on, member, unit_id, total, days)
      select ${tx.organizationId}::uuid, slice, month_on, member,
        case when slice = 'unit' then member::uuid else ${rootUnitId}::uuid end, total, days
      from unnest(${kept.map((cell) => cell.slice)}::text[], ${kept.map((cell) => cell.monthOn)}::date[],
        ${kept.map((cell) => cell.member)}::text[], ${kept.map((cell) => cell.total)}::bytea[],
        ${kept.map((cell) => cell.days)}::bytea[]) as new (slice, month_on, member, total, days)
      on conflict (organization_id, slice, month_on, member) do update set total = excluded.total, days = excluded.days`)
}

/** Counts the cells' version up and tells the open pages; the last step of whoever wrote cells. */
export async function bumpVersion(tx: Tx, now: Date): Promise<void> {
  await tx.run(sql`
    insert into measurement.state (organization_id, version, measured_at) values (${tx.organizationId}, 1, ${now})
    on conflict (organization_id) do update set version = measurement.state.version + 1, measured_at = ${now}`)
  await tx.run(sql`select pg_notify('figures', ${tx.organizationId})`)
}
