import type { Tx } from '../platform/database.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { type Given, orderOfNumber } from './by-hand.ts'

/** Whose an order is and what it is about: what records that name it may take over. */
export const aboutOrder = [
  'unit_id',
  'agent_id',
  'customer_id',
  'product_id',
  'channel',
  'category',
  'subcategory',
  'priority',
] as const

/** The order that was named, and what a record takes over from it; an unknown number stays as it was typed. */
export async function orderNamed(
  tx: Tx,
  named: Given[string],
  takenOver: readonly string[],
): Promise<FactRow> {
  if (named === undefined) return {}
  if (named === null || named === '') return { work_order_id: null, work_order_external_id: null }
  const number = String(named)
  const order = await orderOfNumber(tx, number)
  if (!order) return { work_order_id: null, work_order_external_id: number }
  const about: FactRow = { work_order_id: order.id, work_order_external_id: number }
  for (const name of takenOver) about[name] = (order[name] ?? null) as string | null
  return about
}
