import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

/** An invitation to a survey, sent once. */
export const invitation = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  workOrder: z.object({ id: id.nullable(), externalId: z.string() }).nullable(),
  customer: z.object({ code: z.string(), masked: z.string() }).nullable(),
  unit: named,
  agent: named.nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  channel: z.string().nullable(),
  /** 1; the survey after the order was opened again is the second round. */
  round: z.number().int(),
  sentAt: instant,
  /** The first answer: as given, or of a response that names the invitation or its order; null while nobody answered. */
  submittedAt: instant.nullable(),
  /** Sent again in a round that was asked before: it counts as no further invitation. */
  reminder: z.boolean(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

/** `null` empties a field, one left out stays as it is. */
const entered = {
  /** The number of the order it asks about. */
  workOrder: z.string().trim().max(200).nullish(),
  customer: z.string().trim().max(200).nullish(),
  unitId: id.optional(),
  agentId: id.nullish(),
  productId: id.nullish(),
  channel: z.string().max(60).nullish(),
  /** As its source says; what responses say is found by itself. */
  submittedAt: instant.nullish(),
}
const round = z.number().int().min(1).max(99)

export const invitations = recordRoutes({
  list: 'invitations',
  name: 'Invitation',
  path: '/api/invitations',
  says: {
    many: { zh: '问卷发放', en: 'Survey invitations' },
    one: { zh: '问卷发放记录', en: 'a survey invitation' },
  },
  reply: invitation,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...entered,
    round: round.default(1),
    sentAt: instant,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...entered,
    round: round.optional(),
    sentAt: instant.optional(),
  }),
})
