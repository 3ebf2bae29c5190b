import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

const kind = z.enum(['labour', 'parts', 'travel', 'compensation'])

/** Something spent on the service. */
export const cost = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  kind,
  /** Money, exact */
  amount: z.string(),
  /** Any instant of the day; its local day counts. */
  incurredAt: instant,
  /** Its number may name an order that is not there yet. */
  workOrder: z.object({ id: id.nullable(), externalId: z.string() }).nullable(),
  unit: named,
  agent: named.nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

const amount = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/)

/** `null` empties a field, one left out stays as it is. */
const entered = {
  unitId: id.optional(),
  agentId: id.nullish(),
  productId: id.nullish(),
  /** The number of the order it was spent on. */
  workOrder: z.string().trim().max(200).nullish(),
}

export const costs = recordRoutes({
  list: 'costs',
  name: 'Cost',
  path: '/api/costs',
  says: { many: { zh: '服务费用', en: 'Costs of the service' }, one: { zh: '服务费用', en: 'a cost' } },
  reply: cost,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...entered,
    kind,
    amount,
    incurredAt: instant,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...entered,
    kind: kind.optional(),
    amount: amount.optional(),
    incurredAt: instant.optional(),
  }),
  refusals: ['import_running'],
})
