import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { standardOn, type TimeLimit } from '../standards/index.ts'
import { workOrderTable } from './work-order-table.ts'

/** The table of work orders with every standard version at hand: the limits follow the day of receipt. */
export async function openWorkOrders(tx: Tx, now: Date) {
  const { zone } = await organizationOf(tx)
  const starts = await tx.rows<{ effective_on: string }>(sql`
    select distinct effective_on from standards.standard where organization_id = ${tx.organizationId} order by 1`)
  const limits: { from: string; limits: readonly TimeLimit[] }[] = []
  for (const { effective_on } of starts) {
    const standard = await standardOn(tx, effective_on)
    if (standard) limits.push({ from: effective_on, limits: standard.timeLimits })
  }
  const limitsOn = (ms: number): readonly TimeLimit[] => {
    const day = dayToDate(zone.localDay(ms))
    // Before the first version the first one holds.
    return (limits.findLast((one) => one.from <= day) ?? limits[0])?.limits ?? []
  }
  return workOrderTable({ limitsOn, now })
}
