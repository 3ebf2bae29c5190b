import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { PurchaseFact } from './purchase-fact.ts'

/** Orders that customers placed. One without a customer is kept: it counts in no measure of customers. */
export const purchaseTable: FactTable = {
  kind: 'purchase',
  table: 'purchases.purchase',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    unit_id: 'uuid',
    agent_id: 'uuid',
    customer_id: 'uuid',
    product_id: 'uuid',
    channel: 'text',
    ordered_at: 'instant',
    amount: 'numeric',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: [
    'unit_id',
    'agent_id',
    'customer_id',
    'product_id',
    'channel',
    'ordered_at',
    'amount',
    'excluded_reason',
  ],
  derive,
  factOf: (row): PurchaseFact => ({
    unitId: String(row.unit_id),
    agentId: text(row, 'agent_id'),
    customerId: text(row, 'customer_id'),
    productId: text(row, 'product_id'),
    category: null,
    subcategory: null,
    channel: text(row, 'channel'),
    priority: null,
    orderedAt: Number(row.ordered_at),
    amount: text(row, 'amount'),
    excludedReason: text(row, 'excluded_reason'),
  }),
}

const text = (row: FactRow, name: string) => row[name] as string | null

function derive(row: FactRow) {
  if (row.ordered_at === null)
    return {
      code: 'no_time',
      zh: '没有下单时间，无法归入统计周期。',
      en: 'The row does not say when it was ordered, so it belongs to no period.',
    }
  if (row.amount === null) return undefined
  const amount = String(row.amount)
  // What comes back from the table has no zeros at its end either.
  const short = amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
  row.amount = short
  if (/^\d{1,9}(\.\d{1,2})?$/.test(short)) return undefined
  return {
    code: 'amount_wrong',
    zh: `金额“${amount}”应为 0 至 999999999.99 元，最多两位小数；退货请剔除原订单，不要填负数。`,
    en: `The amount "${amount}" must be 0 to 999999999.99 with two decimals at most; for goods sent back leave the purchase out, do not write it as a negative one.`,
  }
}
