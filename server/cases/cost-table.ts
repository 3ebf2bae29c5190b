import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { CostFact } from './cost-fact.ts'

/** What the service cost. Whose it was, and what it was about, follows the order it names unless it says so itself. */
export const costTable: FactTable = {
  kind: 'cost',
  table: 'cases.cost',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    kind: 'text',
    amount: 'numeric',
    incurred_at: 'instant',
    unit_id: 'uuid',
    agent_id: 'uuid',
    product_id: 'uuid',
    work_order_id: 'uuid',
    work_order_external_id: 'text',
    channel: 'text',
    category: 'text',
    subcategory: 'text',
    priority: 'text',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: [
    'kind',
    'amount',
    'incurred_at',
    'unit_id',
    'agent_id',
    'product_id',
    'work_order_id',
    'work_order_external_id',
    'channel',
    'category',
    'subcategory',
    'priority',
    'excluded_reason',
  ],
  derive,
  factOf: (row): CostFact => ({
    unitId: String(row.unit_id),
    agentId: text(row, 'agent_id'),
    productId: text(row, 'product_id'),
    category: text(row, 'category'),
    subcategory: text(row, 'subcategory'),
    channel: text(row, 'channel'),
    priority: text(row, 'priority'),
    kind: row.kind as CostFact['kind'],
    incurredAt: Number(row.incurred_at),
    amount: String(row.amount),
    excludedReason: text(row, 'excluded_reason'),
  }),
}

const text = (row: FactRow, name: string) => row[name] as string | null

function derive(row: FactRow) {
  if (row.kind === null) return noKind
  if (row.incurred_at === null) return noDay
  if (row.amount === null) return noAmount
  const amount = String(row.amount)
  // What comes back from the table has no zeros at its end either.
  const short = amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
  row.amount = short
  return /^\d{1,9}(\.\d{1,2})?$/.test(short) ? undefined : wrongAmount(amount)
}

const noKind = {
  code: 'no_kind',
  zh: '没有费用类别，请填写“人工”“配件”“差旅”或“补偿”。',
  en: 'It does not say what was paid for; give labour, parts, travel or compensation.',
}
const noDay = {
  code: 'no_time',
  zh: '没有发生日期，无法归入统计周期。',
  en: 'The row does not say when it was incurred, so it belongs to no period.',
}
const noAmount = {
  code: 'no_amount',
  zh: '没有金额，服务成本会偏少。请填写金额，没有花费写 0。',
  en: 'Without an amount the costs would be too low. Give it, 0 where nothing was spent.',
}
const wrongAmount = (amount: string) => ({
  code: 'amount_wrong',
  zh: `金额“${amount.slice(0, 40)}”应为 0 至 999999999.99 元，最多两位小数；退回的费用请改小或剔除原记录，不要填负数。`,
  en: `The amount "${amount.slice(0, 40)}" must be 0 to 999999999.99 with two decimals at most; for money that came back lower the record or leave it out, do not write a negative one.`,
})
