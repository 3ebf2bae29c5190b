import { organizationOf } from '../directory/index.ts'
import type { Change } from '../platform/change.ts'
import type { Database, Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { accumulator, addChange } from './accumulate.ts'
import { type CellCache, cellCache } from './cell-cache.ts'
import { bumpVersion, cellState, lockCells, mergeCells } from './cells.ts'
import { sharesOfCells } from './own/in-cells.ts'

interface ChangeRow {
  fact_kind: Change['kind']
  fact_id: string
  before: unknown
  after: unknown
}

const most = 5000

/** Turns waiting change rows into cells until none is left; returns how many there were. */
export async function drainChanges(db: Database, organizationId: string, now: Date): Promise<number> {
  const scope = await db.wholeScope(organizationId)
  let drained = 0
  for (;;) {
    const cache = cellCache(db, organizationId)
    const { taken, version } = await db.transaction(
      scope,
      async (tx) => {
        await lockCells(tx)
        return drainSome(tx, now, cache)
      },
      { timeoutMs: 0 },
    )
    if (version !== undefined) cache.leave(version)
    drained += taken
    if (taken < most) return drained
  }
}

/**
 * Drains every change row the transaction can see, for who must read figures of all that was acknowledged and let none
 * come between. The caller holds the lock and sees the whole organization.
 */
export async function drainAll(tx: Tx, now: Date): Promise<void> {
  while ((await drainSome(tx, now)).taken === most);
}

async function drainSome(
  tx: Tx,
  now: Date,
  cache?: CellCache,
): Promise<{ taken: number; version: number | undefined }> {
  const { organizationId } = tx
  // Never "id > last seen": an earlier id may commit later. What is visible is taken and gone.
  const rows = await tx.rows<ChangeRow>(sql`
    delete from platform.change where organization_id = ${organizationId} and id in (
      select id from platform.change where organization_id = ${organizationId} order by id limit ${most}
      for update skip locked)
    returning fact_kind, fact_id, before, after`)
  if (rows.length === 0) return { taken: 0, version: undefined }
  const state = await cellState(tx)
  cache?.enter(state.version)
  const { zone, rootUnitId } = await organizationOf(tx)
  const gathered = accumulator(zone, sharesOfCells(state.own))
  for (const row of rows)
    addChange(gathered, { kind: row.fact_kind, id: row.fact_id, before: row.before, after: row.after })
  await mergeCells(tx, gathered.take(), rootUnitId, cache)
  return { taken: rows.length, version: await bumpVersion(tx, now) }
}
