import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { readBatch } from './batches.ts'
import { factTables } from './fact-tables.ts'
import { undoDays } from './undo.ts'

const mostNamed = 50

interface Kept {
  kind: string
  externalId: string
  by: 'hand' | 'file'
}

export interface ForeseenUndo {
  removed: number
  restored: number
  kept: number
  keptRecords: Kept[]
  until: string
}

/** What an undo of the batch would do now: counted by the same conditions, with nothing locked or changed. */
export async function foreseeUndo(tx: Tx, batchId: string): Promise<ForeseenUndo> {
  const batch = await readBatch(tx, batchId)
  const foreseen: ForeseenUndo = {
    removed: 0,
    restored: 0,
    kept: 0,
    keptRecords: [],
    until: new Date(batch.createdAt.getTime() + undoDays * 86_400_000).toISOString(),
  }
  for (const [kind, table] of Object.entries(factTables)) {
    const rows = await fates(tx, batchId, kind, table)
    for (const { fate, by, n, numbers } of rows) {
      foreseen[fate] += n
      if (fate !== 'kept') continue
      for (const externalId of numbers)
        if (foreseen.keptRecords.length < mostNamed) foreseen.keptRecords.push({ kind, externalId, by })
    }
  }
  return foreseen
}

const fates = (tx: Tx, batchId: string, kind: string, table: Sql) =>
  tx.rows<{ fate: 'removed' | 'restored' | 'kept'; by: 'hand' | 'file'; n: number; numbers: string[] }>(sql`
    select fate, by, count(*)::int as n, (array_agg(external_id order by external_id))[1:${mostNamed}] as numbers from (
      select external_id,
        case when batch_id is distinct from ${batchId}::uuid or edited_at is not null then 'kept' else 'removed' end as fate,
        case when batch_id is distinct from ${batchId}::uuid then 'file' else 'hand' end as by
      from ${table} where organization_id = ${tx.organizationId} and created_batch_id = ${batchId}
      union all
      select f.external_id,
        case when f.batch_id is distinct from ${batchId}::uuid or e.edited then 'kept' else 'restored' end,
        case when e.edited then 'hand' else 'file' end
      from intake.superseded s
      join ${table} f on f.organization_id = s.organization_id and f.id = s.fact_id
      cross join lateral (select round(extract(epoch from f.edited_at) * 1000)
        is distinct from (s.before->>'edited_at')::numeric as edited) e
      where s.organization_id = ${tx.organizationId} and s.batch_id = ${batchId} and s.fact_kind = ${kind}
        and f.created_batch_id is distinct from ${batchId}::uuid
    ) one group by fate, by order by fate, by`)
