import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

/** One order a customer placed. */
export const purchase = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  unit: named,
  agent: named.nullable(),
  /** Always the customer's code; without one the purchase counts in no measure of customers. */
  customer: z.object({ code: z.string(), masked: z.string() }).nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  channel: z.string().nullable(),
  orderedAt: instant,
  /** Money, exact */
  amount: z.string().nullable(),
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
  channel: z.string().max(60).nullish(),
  amount: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/)
    .nullish(),
}

export const purchases = recordRoutes({
  list: 'purchases',
  name: 'Purchase',
  path: '/api/purchases',
  says: { many: { zh: '购买', en: 'Purchases' }, one: { zh: '购买', en: 'a purchase' } },
  reply: purchase,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...entered,
    orderedAt: instant,
  }),
  edit: z.strictObject({ version: z.number().int(), ...entered, orderedAt: instant.optional() }),
})
