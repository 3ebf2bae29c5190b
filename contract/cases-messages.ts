import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

/** One message of a chat. What was written is not kept. */
export const message = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  /** The number of the chat it stands in, within its source. */
  conversation: z.string(),
  sender: z.enum(['customer', 'agent', 'automatic']),
  unit: named,
  agent: named.nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  workOrder: z.object({ id: id.nullable(), externalId: z.string() }).nullable(),
  channel: z.string(),
  sentAt: instant,
  /** Of a message that answers: when the first customer's message came that nobody had answered. */
  awaitedAt: instant.nullable(),
  /** The time between the two. */
  waitSeconds: z.number().nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

/** `null` empties a field, one left out stays as it is. */
const entered = {
  unitId: id.optional(),
  agentId: id.nullish(),
  productId: id.nullish(),
  /** The number of the order it is about. */
  workOrder: z.string().trim().max(200).nullish(),
}
const sender = z.enum(['customer', 'agent', 'automatic'])
const channel = z.string().trim().min(1).max(60)

export const messages = recordRoutes({
  list: 'messages',
  name: 'Message',
  path: '/api/messages',
  says: {
    many: { zh: '会话消息', en: 'Messages of chats' },
    one: { zh: '会话消息', en: 'a message' },
  },
  reply: message,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...entered,
    conversation: z.string().trim().min(1).max(200),
    sender,
    channel: channel.default('chat'),
    sentAt: instant,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...entered,
    sender: sender.optional(),
    channel: channel.optional(),
    sentAt: instant.optional(),
  }),
  refusals: ['import_running'],
})
