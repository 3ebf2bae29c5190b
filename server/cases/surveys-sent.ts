import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { lockById, rewriteRows } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { openWorkOrders } from './context.ts'
import { judgeClocks } from './work-order-table.ts'

/** Notes on orders when each was first asked about (epoch ms), null where it was not; told by the module of surveys. */
export async function tellSurveysSent(
  tx: Tx,
  sent: Map<string, number | null>,
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  const known = await tx.rows<{ id: string; at: number | null }>(sql`
    select id, round(extract(epoch from survey_sent_at) * 1000)::float8 as at from cases.work_order
    where organization_id = ${tx.organizationId} and unit_id = any(${tx.unitIds}::uuid[])
      and id = any(${[...sent.keys()]}::uuid[])`)
  const moved = known.filter(({ id, at }) => at !== sent.get(id)).map(({ id }) => id)
  if (moved.length === 0) return
  const table = await openWorkOrders(tx, context.now)
  const rows = await lockById(tx, table, moved)
  const pairs = rows.map((before) => {
    const after = { ...before, survey_sent_at: sent.get(String(before.id)) ?? null }
    judgeClocks(after, context.now.getTime())
    return { before, after }
  })
  await rewriteRows(tx, table, pairs, context)
}
