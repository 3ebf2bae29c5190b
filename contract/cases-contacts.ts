import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

/** A call or a chat: one time a customer got in touch. */
export const contact = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  channel: z.string(),
  unit: named,
  agent: named.nullable(),
  customer: z.object({ code: z.string(), masked: z.string() }).nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  workOrder: z.object({ id: id.nullable(), externalId: z.string() }).nullable(),
  startedAt: instant,
  /** null: nobody answered. */
  answeredAt: instant.nullable(),
  /** How often the phone rang before it was answered, or given up. */
  rings: z.number().int().nullable(),
  endedAt: instant.nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

/** `null` empties a field, one left out stays as it is. */
const entered = {
  unitId: id.optional(),
  agentId: id.nullish(),
  customer: z.string().trim().max(200).nullish(),
  productId: id.nullish(),
  /** The number of the order it is about. */
  workOrder: z.string().trim().max(200).nullish(),
  answeredAt: instant.nullish(),
  rings: z.number().int().min(0).max(1000).nullish(),
  endedAt: instant.nullish(),
}
const channel = z.string().trim().min(1).max(60)

export const contacts = recordRoutes({
  list: 'contacts',
  name: 'Contact',
  path: '/api/contacts',
  says: {
    many: { zh: '通话与会话', en: 'Calls and chats' },
    one: { zh: '通话或会话', en: 'a call or chat' },
  },
  reply: contact,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...entered,
    channel: channel.default('phone'),
    startedAt: instant,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...entered,
    channel: channel.optional(),
    startedAt: instant.optional(),
  }),
})
