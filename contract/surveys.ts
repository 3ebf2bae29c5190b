import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

/** Kept with one decimal: a finer one is refused rather than rounded. */
const score = z.number().min(1).max(5).multipleOf(0.1)

const replyState = z.enum(['waiting', 'overdue', 'in_time', 'late', 'unknown'])

export const response = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  origin: z.enum(['survey', 'work_order']),
  workOrder: z.object({ id: id.nullable(), externalId: z.string() }).nullable(),
  /** The number of the invitation it answers. */
  invitation: z.string().nullable(),
  unit: named,
  agent: named.nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  submittedAt: instant,
  responseSpeed: score.nullable(),
  resolutionEfficiency: score.nullable(),
  attitude: score.nullable(),
  professionalism: score.nullable(),
  channelEase: score.nullable(),
  handlingQuality: score.nullable(),
  overall: score.nullable(),
  recommend: z.number().int().min(0).max(10).nullable(),
  suggestion: z.string().nullable(),
  /** When the customer was told what came of a low score or a suggestion, and until when that is due. */
  repliedAt: instant.nullable(),
  replyDueAt: instant.nullable(),
  replyState: replyState.nullable(),
  channel: z.string().nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

export const feedbackLine = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  customer: z.object({ code: z.string(), masked: z.string() }).nullable(),
  product: named.nullable(),
  lifeStage: lifeStage.nullable(),
  unit: named,
  agent: named.nullable(),
  problem: z.string().nullable(),
  channel: z.string().nullable(),
  status: z.string().nullable(),
  score: score.nullable(),
  suggestion: z.string().nullable(),
  /** When the customer was told what came of a low score or a suggestion, and until when that is due. */
  repliedAt: instant.nullable(),
  replyDueAt: instant.nullable(),
  replyState: replyState.nullable(),
  receivedAt: instant,
  receivedMonthOnly: z.boolean(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

/** `null` empties a field, one left out stays as it is. */
const answered = {
  unitId: id.optional(),
  agentId: id.nullish(),
  productId: id.nullish(),
  channel: z.string().max(60).nullish(),
  responseSpeed: score.nullish(),
  resolutionEfficiency: score.nullish(),
  attitude: score.nullish(),
  professionalism: score.nullish(),
  /** Asked of those who complained. */
  channelEase: score.nullish(),
  handlingQuality: score.nullish(),
  overall: score.nullish(),
  recommend: z.number().int().min(0).max(10).nullish(),
  invitation: z.string().trim().max(200).nullish(),
  suggestion: z.string().max(2000).nullish(),
  repliedAt: instant.nullish(),
}

export const responses = recordRoutes({
  list: 'responses',
  name: 'Response',
  path: '/api/responses',
  says: { many: { zh: '答卷', en: 'Survey responses' }, one: { zh: '答卷', en: 'a survey response' } },
  reply: response,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    workOrderId: id.optional(),
    /** The number of the order, where its id is not known. */
    workOrder: z.string().trim().max(200).optional(),
    ...answered,
    submittedAt: instant,
  }),
  edit: z.strictObject({ version: z.number().int(), ...answered, submittedAt: instant.optional() }),
  refusals: ['nothing_answered'],
})

const feedbackStatus = z.enum(['open', 'in_progress', 'followed_up', 'closed'])
const told = {
  customer: z.string().trim().max(200).nullish(),
  productId: id.nullish(),
  unitId: id.optional(),
  agentId: id.nullish(),
  problem: z.string().trim().max(4000).nullish(),
  channel: z.string().max(60).nullish(),
  score: score.nullish(),
  suggestion: z.string().max(2000).nullish(),
  repliedAt: instant.nullish(),
}

export const feedback = recordRoutes({
  list: 'feedback',
  name: 'Feedback',
  names: 'Feedback',
  path: '/api/feedback',
  says: {
    many: { zh: '客户反馈', en: 'Customer feedback' },
    one: { zh: '客户反馈', en: 'customer feedback' },
  },
  reply: feedbackLine,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...told,
    status: feedbackStatus.default('open'),
    receivedAt: instant,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...told,
    status: feedbackStatus.nullish(),
    receivedAt: instant.optional(),
  }),
})
