import type { z } from 'zod'
import type * as contract from '../../contract/cases-messages.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { orderNamed } from './about-order.ts'
import { lockConversation } from './beside-imports.ts'
import { columnsOf } from './by-hand.ts'
import { messageTable } from './message-table.ts'
import { recordsByHand } from './records-by-hand.ts'
import { isoIn, namedIn, orderIn, plainIn, provenanceIn, type RecordRow, stageIn } from './reply-parts.ts'
import { findAnew, touchedRecords } from './touched.ts'

type Reply = z.input<typeof contract.message>

const messageReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  conversation: String(row.conversation),
  // The table holds no other word.
  sender: String(row.sender) as Reply['sender'],
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  workOrder: orderIn(row),
  channel: String(row.channel),
  sentAt: isoIn(row.sent_at) ?? '',
  awaitedAt: isoIn(row.awaited_at),
  waitSeconds: waitSeconds(row),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

const waitSeconds = ({ sent_at: sent, awaited_at: awaited }: RecordRow): number | null =>
  sent instanceof Date && awaited instanceof Date ? (sent.getTime() - awaited.getTime()) / 1000 : null

export const messageRecords = recordsByHand<Reply>({
  list: 'messages',
  table: messageTable,
  prefix: 'XX',
  at: 'sent_at',
  countedAt: 'counted_at',
  columns: {
    externalId: sql`w.external_id`,
    conversation: sql`w.conversation`,
    sender: sql`w.sender`,
    channel: sql`w.channel`,
    sentAt: sql`w.sent_at`,
    awaitedAt: sql`w.awaited_at`,
    waitSeconds: sql`extract(epoch from w.sent_at - w.awaited_at)`,
    workOrder: sql`w.work_order_external_id`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: (_tx, _secrets, row) => messageReply(row),
  values: async (tx, _secrets, { workOrder, ...given }) => ({
    ...(await orderNamed(tx, workOrder, ['product_id', 'category', 'subcategory', 'priority'])),
    ...(await columnsOf(tx, given)),
  }),
  lock: async (tx, { sourceId, values, id }) => {
    if (id === null) return lockConversation(tx, sourceId, String(values.conversation))
    // A message never moves to another conversation.
    const stored = await tx.one<{ source_id: string; conversation: string }>(sql`
      select source_id, conversation from cases.message where organization_id = ${tx.organizationId} and id = ${id}`)
    if (!stored) throw notFound()
    await lockConversation(tx, stored.source_id, stored.conversation)
  },
  after: async (tx, rows, now) => {
    const touched = touchedRecords()
    for (const row of rows) touched.note(row)
    await findAnew(tx, null, touched, { sink: null, now })
  },
})
