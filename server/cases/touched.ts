import { seeingAllUnits } from '../directory/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { FactRow, FactTable } from '../platform/fact-table.ts'
import { ownText } from '../platform/own-text.ts'
import { lockCosts } from './beside-imports.ts'
import { findCosted } from './costed.ts'
import { findRepeats } from './repeats.ts'
import { type Conversation, findWaits } from './waits.ts'

/** Whose records changed: what is said of one by the others of its customer, product, number or conversation is found anew. */
export interface Touched {
  customers: Set<string>
  serials: Set<string>
  /** Of orders with a cost of their own field, and of those that costs name. */
  numbers: Set<string>
  /** By source and number. */
  conversations: Map<string, Conversation>
  costsChanged: boolean
  note(row: FactRow | null): void
  size(): number
}

export function touchedRecords(): Touched {
  const touched: Touched = {
    customers: new Set(),
    serials: new Set(),
    numbers: new Set(),
    conversations: new Map(),
    costsChanged: false,
    note: (row) => row && note(touched, row),
    size: () =>
      touched.customers.size + touched.serials.size + touched.numbers.size + touched.conversations.size,
  }
  return touched
}

function note(touched: Touched, row: FactRow): void {
  const { customers, serials, numbers, conversations } = touched
  if (typeof row.customer_id === 'string') customers.add(row.customer_id)
  if (typeof row.serial === 'string') serials.add(ownText(row.serial))
  if ('costed' in row && (row.cost !== null || row.costed)) numbers.add(ownText(String(row.external_id)))
  if ('incurred_at' in row) {
    touched.costsChanged = true
    if (typeof row.work_order_external_id === 'string') numbers.add(ownText(row.work_order_external_id))
  }
  if (typeof row.conversation === 'string') {
    const conversation = { sourceId: String(row.source_id), number: ownText(row.conversation) }
    conversations.set(`${conversation.sourceId} ${conversation.number}`, conversation)
  }
}

/**
 * Finds anew what records say of each other, after some of them came, changed or went. Costs and waits depend on records of
 * every team, also where one team's were written: for just that step the transaction sees every unit, and nothing read
 * reaches who writes. `orders` is null where messages alone were written, which no order depends on.
 */
export async function findAnew(
  tx: Tx,
  orders: FactTable | null,
  touched: Touched,
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  if (orders) await findRepeats(tx, orders, touched, context)
  if (touched.costsChanged) await lockCosts(tx)
  if (touched.numbers.size + touched.conversations.size > 0)
    await seeingAllUnits(tx, async () => {
      if (orders) await findCosted(tx, orders, touched.numbers, context)
      await findWaits(tx, touched.conversations.values(), context)
    })
  touched.customers.clear()
  touched.serials.clear()
  touched.numbers.clear()
  touched.conversations.clear()
}
