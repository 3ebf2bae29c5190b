import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

const kind = z.enum(['inspection', 'mystery_shopper'])
const score = z.number().min(0).max(100)

/** One inspection of a contact or a work order, or one visit of a mystery shopper. */
export const inspection = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  kind,
  unit: named,
  agent: named.nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  channel: z.string().nullable(),
  workOrder: z.object({ id: id.nullable(), externalId: z.string() }).nullable(),
  /** The number of the inspected call or chat. */
  contact: z.string().nullable(),
  inspectedAt: instant.nullable(),
  /** When the inspected contact took place: its day is the day in the figures. */
  contactAt: instant.nullable(),
  inspector: z.string().nullable(),
  form: z.string().nullable(),
  /** One a line: `礼仪-问候语(10): 8`, `用语-服务禁语(否决): 通过`. */
  items: z.string().nullable(),
  /** 0–100: from the items, else as given. */
  score: score.nullable(),
  etiquetteScore: score.nullable(),
  wordingScore: score.nullable(),
  fieldsRight: z.number().int().nullable(),
  fieldsInspected: z.number().int().nullable(),
  /** Nodes of the process inspected, and those done in order, in time and by the right role. */
  nodesRight: z.number().int().nullable(),
  nodesInspected: z.number().int().nullable(),
  remark: z.string().nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

/** `null` empties a field, one left out stays as it is. */
const entered = {
  unitId: id.optional(),
  agentId: id.nullish(),
  productId: id.nullish(),
  channel: z.string().max(60).nullish(),
  workOrder: z.string().trim().max(200).nullish(),
  contact: z.string().trim().max(200).nullish(),
  contactAt: instant.nullish(),
  inspector: z.string().trim().max(200).nullish(),
  form: z.string().trim().max(200).nullish(),
  items: z.string().max(8000).nullish(),
  /** Only where there are no items. */
  scoreGiven: score.multipleOf(0.001).nullish(),
  fieldsRight: z.number().int().min(0).max(10_000).nullish(),
  fieldsInspected: z.number().int().min(1).max(10_000).nullish(),
  nodesRight: z.number().int().min(0).max(10_000).nullish(),
  nodesInspected: z.number().int().min(1).max(10_000).nullish(),
  remark: z.string().trim().max(4000).nullish(),
}

export const inspections = recordRoutes({
  list: 'inspections',
  name: 'Inspection',
  path: '/api/inspections',
  says: { many: { zh: '质检', en: 'Inspections' }, one: { zh: '质检', en: 'an inspection' } },
  reply: inspection,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...entered,
    kind: kind.default('inspection'),
    inspectedAt: instant,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...entered,
    kind: kind.optional(),
    inspectedAt: instant.optional(),
  }),
  refusals: ['item_unreadable', 'fields_wrong', 'nodes_wrong', 'nothing_inspected'],
})
