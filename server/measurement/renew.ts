import type { Database, Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { cellFormat } from './cell.ts'
import { rebuild, waitsForOwn } from './rebuild.ts'

/** Says that the cells are of no use any more, in the transaction of what made them so. */
export async function disownCells(tx: Tx): Promise<void> {
  await tx.run(sql`update measurement.state set cell_format = 0 where organization_id = ${tx.organizationId}`)
}

/**
 * Builds the cells of an organization anew when they were disowned or an earlier version of the product wrote them in
 * another layout, or when own measures wait to be counted; true when it did. Called before anything reads or adds to them,
 * and by the worker.
 */
export async function renewCells(db: Database, organizationId: string, now: Date): Promise<boolean> {
  const scope = await db.wholeScope(organizationId)
  const state = await db.transaction(scope, (tx) =>
    tx.one<{ cell_format: number }>(
      sql`select cell_format from measurement.state where organization_id = ${organizationId}`,
    ),
  )
  if (!state) return false
  if (state.cell_format === cellFormat && !(await waitsForOwn(db, scope))) return false
  await rebuild(db, organizationId, { check: false, now })
  return true
}
