import { organizationOf } from '../directory/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, type FactTable, lockById, rewriteRows } from '../platform/fact-table.ts'
import { joinSql, type Sql, sql } from '../platform/sql.ts'
import { linkEntered } from '../surveys/index.ts'
import { type AnsweredOrder, ordersByNumber } from './answered-orders.ts'
import { factTables, openFactTables } from './fact-tables.ts'
import { fromOrder } from './row-values.ts'

const kinds = ['response', 'inspection', 'contact', 'message', 'cost'] as const

interface Waiting extends Record<string, unknown> {
  kind: (typeof kinds)[number]
  id: string
  number: string
}

interface Context {
  sink: FactSink | null
  now: Date
}

/**
 * Records that came before the orders of this import find them by their number and take over what their own file did not say,
 * as if they had come behind. Invitations do so too, see `linkSurveys`.
 */
export const findAwaitedOrders = (tx: Tx, batchId: string, context: Context): Promise<void> =>
  findAmong(
    tx,
    sql`select external_id from cases.work_order
    where organization_id = ${tx.organizationId} and created_batch_id = ${batchId}`,
    context,
  )

/** Likewise where an order was made by hand. */
export async function findEntered(tx: Tx, number: string, now: Date): Promise<void> {
  await linkEntered(tx, number, now)
  await findAmong(tx, sql`select ${number}::text`, { sink: null, now })
}

async function findAmong(tx: Tx, numbers: Sql, context: Context): Promise<void> {
  const waiting = await tx.rows<Waiting>(
    joinSql(
      kinds.map(
        (kind) => sql`
        select ${kind} as kind, r.id, r.work_order_external_id as number from ${factTables[kind]} r
        where r.organization_id = ${tx.organizationId} and r.unit_id = any(${tx.unitIds}::uuid[])
          and r.work_order_external_id in (${numbers}) and not exists (
            select from cases.work_order o where o.organization_id = r.organization_id and o.id = r.work_order_id)`,
      ),
      ' union all ',
    ),
  )
  if (waiting.length === 0) return
  const { rootUnitId } = await organizationOf(tx)
  const tables = await openFactTables(tx, context.now)
  for (const [kind, rows] of Map.groupBy(waiting, (one) => one.kind))
    for (let i = 0; i < rows.length; i += 2000) {
      const some = rows.slice(i, i + 2000)
      const orders = await ordersByNumber(tx, [...new Set(some.map(({ number }) => number))])
      const found = some.filter(({ number }) => orders.has(number)).map(({ id }) => id)
      await takeOver(tx, tables[kind], found, orders, { ...context, rootUnitId, taken: fromOrder[kind] })
    }
}

async function takeOver(
  tx: Tx,
  table: FactTable,
  ids: string[],
  orders: Map<string, AnsweredOrder>,
  { rootUnitId, taken, ...context }: Context & { rootUnitId: string; taken: readonly string[] },
): Promise<void> {
  const pairs = (await lockById(tx, table, ids)).flatMap((before) => {
    const order = orders.get(String(before.work_order_external_id))
    if (!order) return []
    const after: FactRow = { ...before, work_order_id: order.id }
    for (const name of taken)
      if (name !== 'unit_id') after[name] = before[name] ?? order[name] ?? null
      // What was nobody's is of the order's unit.
      else if (before.unit_id === rootUnitId) after.unit_id = order.unit_id ?? rootUnitId
    return table.derive(after, before) === undefined ? [{ before, after }] : []
  })
  if (pairs.length > 0) await rewriteRows(tx, table, pairs, context)
}
