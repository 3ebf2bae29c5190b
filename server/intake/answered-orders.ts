import type { Tx } from '../platform/database.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'

/** What a rating takes over from the order it answers, where its own file says nothing. */
export interface AnsweredOrder extends FactRow {
  id: string
  external_id: string
}

/**
 * Orders by number, whichever source they came from; a number that two sources use names neither. An order that a team may
 * only read, because it responded, takes no records of theirs.
 */
export async function ordersByNumber(tx: Tx, numbers: string[]): Promise<Map<string, AnsweredOrder>> {
  if (numbers.length === 0) return new Map()
  const rows = await tx.rows<AnsweredOrder>(sql`
    select id, external_id, unit_id, agent_id, customer_id, product_id, channel, category, subcategory, priority
    from cases.work_order where organization_id = ${tx.organizationId} and unit_id = any(${tx.unitIds}::uuid[])
      and external_id = any(${numbers})
      and source_id = any(array(select id from directory.source where organization_id = ${tx.organizationId}))`)
  const found = new Map<string, AnsweredOrder>()
  const twice = new Set<string>()
  for (const row of rows) {
    if (found.has(row.external_id)) twice.add(row.external_id)
    found.set(row.external_id, row)
  }
  for (const number of twice) found.delete(number)
  return found
}
