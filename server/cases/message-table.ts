import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { MessageFact } from './message-fact.ts'

/** Messages of chats. What they are about follows the order they name; who wrote them does not. */
export const messageTable: FactTable = {
  kind: 'message',
  table: 'cases.message',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    conversation: 'text',
    sender: 'text',
    unit_id: 'uuid',
    agent_id: 'uuid',
    product_id: 'uuid',
    work_order_id: 'uuid',
    work_order_external_id: 'text',
    channel: 'text',
    category: 'text',
    subcategory: 'text',
    priority: 'text',
    sent_at: 'instant',
    awaited_at: 'instant',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: [
    'conversation',
    'sender',
    'unit_id',
    'agent_id',
    'product_id',
    'work_order_id',
    'work_order_external_id',
    'channel',
    'category',
    'subcategory',
    'priority',
    'sent_at',
    'excluded_reason',
  ],
  derive,
  factOf: (row): MessageFact => ({
    unitId: String(row.unit_id),
    agentId: text(row, 'agent_id'),
    productId: text(row, 'product_id'),
    category: text(row, 'category'),
    subcategory: text(row, 'subcategory'),
    channel: text(row, 'channel'),
    priority: text(row, 'priority'),
    sender: row.sender as MessageFact['sender'],
    sentAt: Number(row.sent_at),
    awaitedAt: row.awaited_at as number | null,
    excludedReason: text(row, 'excluded_reason'),
  }),
}

const text = (row: FactRow, name: string) => row[name] as string | null

/** Whom it answers is found among the messages of its conversation: see `waits.ts`. */
function derive(row: FactRow) {
  // A list of messages seldom says that they are a chat's.
  row.channel ??= 'chat'
  if (row.conversation === null) return noConversation
  if (row.sender === null) return noSender
  if (row.sent_at === null) return noTime
  // Moved past its own wait, a message answers nobody until that is found anew.
  if (row.sender !== 'agent' || Number(row.awaited_at) > Number(row.sent_at)) row.awaited_at = null
  return undefined
}

const noConversation = {
  code: 'no_conversation',
  zh: '没有会话编号，无法知道这条消息回复了谁。',
  en: 'It does not say which conversation it stands in, so nobody knows whom it answers.',
}
const noSender = {
  code: 'no_sender',
  zh: '没有写明发送方，请填写“客户”“客服”或“自动回复”。',
  en: 'It does not say who sent it; give customer, agent or automatic.',
}
const noTime = {
  code: 'no_time',
  zh: '没有发送时间，无法归入统计周期。',
  en: 'The row does not say when it was sent, so it belongs to no period.',
}
