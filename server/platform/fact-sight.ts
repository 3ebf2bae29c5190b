import type { Tx } from './database.ts'
import type { FactRow } from './fact-table.ts'

/** The other unit whose people see a record: its column, and the table in which the wall looks for it. */
export interface Sight {
  column: string
  /** (organization_id, the record's id under this name, unit_id), gone with the record. */
  table: string
  id: string
}

/** Notes for the wall whose people see the rows that were written, where that is another than before. */
export async function keepSight(
  tx: Tx,
  sight: Sight | undefined,
  written: { row: FactRow; before: FactRow | null }[],
): Promise<void> {
  if (!sight) return
  const { column, table, id } = sight
  const unitOf = (row: FactRow | null) => row?.[column] ?? null
  const moved = written.filter(({ row, before }) => unitOf(row) !== unitOf(before))
  if (moved.length === 0) return
  const hidden = moved.filter(({ row }) => unitOf(row) === null).map(({ row }) => row.id)
  if (hidden.length > 0)
    await tx.client.query(`delete from ${table} where organization_id = $1 and ${id} = any($2::uuid[])`, [
      tx.organizationId,
      hidden,
    ])
  const seen = moved.filter(({ row }) => unitOf(row) !== null)
  if (seen.length > 0)
    await tx.client.query(
      `insert into ${table} (organization_id, ${id}, unit_id)
       select $1, id, unit_id from unnest($2::uuid[], $3::uuid[]) as seen (id, unit_id)
       on conflict (organization_id, ${id}) do update set unit_id = excluded.unit_id`,
      [tx.organizationId, seen.map(({ row }) => row.id), seen.map(({ row }) => unitOf(row))],
    )
}
