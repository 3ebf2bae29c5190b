import type { Tx } from '../platform/database.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { type Zone, zone } from '../platform/time.ts'

/** What measuring needs of an organization: whose days count, and who owns cells that are no unit's. */
export async function organizationOf(tx: Tx): Promise<{ zone: Zone; rootUnitId: string }> {
  const row = await tx.one<{ zone: string; root_unit_id: string }>(
    sql`select zone, root_unit_id from directory.organization where id = ${tx.organizationId}`,
  )
  if (!row) throw notFound()
  return { zone: zone(row.zone), rootUnitId: row.root_unit_id }
}
