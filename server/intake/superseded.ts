import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import type { Rejection } from './rows.ts'
import type { ReadRow } from './write-rows.ts'

/** What an update replaces is kept for the undo; the first version before this batch counts. */
export async function keepSuperseded(
  tx: Tx,
  batchId: string,
  kind: string,
  rows: { id: string; version: number; before: unknown }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`
    insert into intake.superseded (organization_id, batch_id, fact_kind, fact_id, version, before)
    select ${tx.organizationId}::uuid, ${batchId}::uuid, ${kind}, id, version, before
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.version)}::int[],
      ${rows.map((row) => JSON.stringify(row.before))}::jsonb[]) as new (id, version, before)
    on conflict do nothing`)
}

export const unitNotYours = (row: ReadRow): Rejection => ({
  line: row.line,
  column: null,
  code: 'unit_not_yours',
  value: String(row.record.unit ?? ''),
  zh: `单位“${row.record.unit}”不在您的权限范围内。`,
  en: `The unit "${row.record.unit}" is not one you may write to.`,
})
