import type { Database } from '../platform/database.ts'
import { readRows, rewriteRows } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { type Clocked, clockedOrders } from './clocked.ts'

const most = 1000

/** Judges the facts whose next limit has fallen due; what time alone changes becomes a change row here. */
export async function sweepDue(
  db: Database,
  organizationId: string,
  { table, open, judge }: Clocked,
  now: Date,
): Promise<number> {
  const scope = await db.wholeScope(organizationId)
  let swept = 0
  for (;;) {
    const some = await db.transaction(scope, async (tx) => {
      const due = await tx.rows<{ id: string }>(sql`
        select id from ${table} where organization_id = ${organizationId} and next_due_at <= ${now}
        order by next_due_at limit ${most} for update skip locked`)
      if (due.length === 0) return 0
      const opened = await open(tx, now)
      const rows = await readRows(tx, opened, 'id = any($2::uuid[])', [due.map((row) => row.id)])
      const pairs = rows.map((before) => {
        const after = { ...before }
        judge(after, now.getTime())
        return { before, after }
      })
      await rewriteRows(tx, opened, pairs, { sink: null, now })
      return due.length
    })
    swept += some
    if (some < most) return swept
  }
}

export const sweepClocks = (db: Database, organizationId: string, now: Date): Promise<number> =>
  sweepDue(db, organizationId, clockedOrders, now)
