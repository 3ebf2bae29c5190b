import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { ContactFact } from './contact-fact.ts'

/** Calls and chats. What they are about follows the order they name; who took them does not. */
export const contactTable: FactTable = {
  kind: 'contact',
  table: 'cases.contact',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    unit_id: 'uuid',
    agent_id: 'uuid',
    customer_id: 'uuid',
    product_id: 'uuid',
    work_order_id: 'uuid',
    work_order_external_id: 'text',
    channel: 'text',
    category: 'text',
    subcategory: 'text',
    priority: 'text',
    started_at: 'instant',
    answered_at: 'instant',
    rings: 'int',
    ended_at: 'instant',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: [
    'unit_id',
    'agent_id',
    'customer_id',
    'product_id',
    'work_order_id',
    'work_order_external_id',
    'channel',
    'category',
    'subcategory',
    'priority',
    'started_at',
    'answered_at',
    'rings',
    'ended_at',
    'excluded_reason',
  ],
  derive: (row) => {
    // A list of calls seldom says that they are calls.
    row.channel ??= 'phone'
    if (row.started_at !== null) return undefined
    return {
      code: 'no_time',
      zh: '没有开始时间，无法归入统计周期。',
      en: 'The row does not say when it began, so it belongs to no period.',
    }
  },
  factOf: (row): ContactFact => ({
    unitId: String(row.unit_id),
    agentId: text(row, 'agent_id'),
    productId: text(row, 'product_id'),
    category: text(row, 'category'),
    subcategory: text(row, 'subcategory'),
    channel: text(row, 'channel'),
    priority: text(row, 'priority'),
    startedAt: Number(row.started_at),
    answeredAt: row.answered_at as number | null,
    endedAt: row.ended_at as number | null,
    rings: row.rings as number | null,
    excludedReason: text(row, 'excluded_reason'),
  }),
}

const text = (row: FactRow, name: string) => row[name] as string | null
