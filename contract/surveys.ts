import { z } from 'zod'
import { listQuery } from './list-query.ts'
import { id, instant, named, page, route } from './route.ts'

/** Kept with one decimal: a finer one is refused rather than rounded. */
const score = z.number().min(1).max(5).multipleOf(0.1)

export const response = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  origin: z.enum(['survey', 'work_order']),
  workOrder: z.object({ id: id.nullable(), externalId: z.string() }).nullable(),
  unit: named,
  agent: named.nullable(),
  product: named.nullable(),
  submittedAt: instant,
  responseSpeed: score.nullable(),
  resolutionEfficiency: score.nullable(),
  attitude: score.nullable(),
  professionalism: score.nullable(),
  overall: score.nullable(),
  recommend: z.number().int().min(0).max(10).nullable(),
  suggestion: z.string().nullable(),
  channel: z.string().nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

export const feedback = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  customer: z.object({ code: z.string(), masked: z.string() }).nullable(),
  product: named.nullable(),
  unit: named,
  agent: named.nullable(),
  problem: z.string().nullable(),
  channel: z.string().nullable(),
  status: z.string().nullable(),
  score: score.nullable(),
  suggestion: z.string().nullable(),
  receivedAt: instant,
  receivedMonthOnly: z.boolean(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

export const listResponses = route({
  name: 'listResponses',
  method: 'GET',
  path: '/api/responses',
  summary: { zh: '答卷', en: 'Survey responses, newest first' },
  query: z.strictObject(listQuery('responses')),
  reply: page(response),
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
  overall: score.nullish(),
  recommend: z.number().int().min(0).max(10).nullish(),
  suggestion: z.string().max(2000).nullish(),
}

export const createResponse = route({
  name: 'createResponse',
  method: 'POST',
  path: '/api/responses',
  summary: { zh: '录入答卷', en: 'Enter a survey response by hand' },
  body: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    workOrderId: id.optional(),
    /** The number of the order, where its id is not known. */
    workOrder: z.string().trim().max(200).optional(),
    ...answered,
    submittedAt: instant,
  }),
  reply: response,
  status: 201,
  refusals: ['number_taken', 'nothing_answered', 'not_found'],
})

export const listFeedback = route({
  name: 'listFeedback',
  method: 'GET',
  path: '/api/feedback',
  summary: { zh: '客户反馈', en: 'Customer feedback, newest first' },
  query: z.strictObject(listQuery('feedback')),
  reply: page(feedback),
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
}

export const createFeedback = route({
  name: 'createFeedback',
  method: 'POST',
  path: '/api/feedback',
  summary: { zh: '录入客户反馈', en: 'Enter customer feedback by hand' },
  body: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...told,
    status: feedbackStatus.default('open'),
    receivedAt: instant,
  }),
  reply: feedback,
  status: 201,
  refusals: ['number_taken', 'not_found'],
})

const one = z.strictObject({ id })
const version = z.number().int()
const exclusion = z.strictObject({ reason: z.string().trim().min(1).max(400) })

export const readResponse = route({
  name: 'readResponse',
  method: 'GET',
  path: '/api/responses/:id',
  summary: { zh: '一份答卷', en: 'One survey response' },
  params: one,
  reply: response,
})

export const editResponse = route({
  name: 'editResponse',
  method: 'PATCH',
  path: '/api/responses/:id',
  summary: { zh: '修改答卷', en: 'Edit a survey response' },
  params: one,
  body: z.strictObject({ version, ...answered, submittedAt: instant.optional() }),
  reply: response,
  refusals: ['changed_meanwhile', 'nothing_answered', 'not_found'],
})

export const excludeResponse = route({
  name: 'excludeResponse',
  method: 'POST',
  path: '/api/responses/:id/exclusion',
  summary: { zh: '答卷不计入统计（注明原因）', en: 'Leave a response out of every figure' },
  params: one,
  body: exclusion,
  reply: response,
})

export const includeResponse = route({
  name: 'includeResponse',
  method: 'DELETE',
  path: '/api/responses/:id/exclusion',
  summary: { zh: '答卷恢复计入统计', en: 'Let a response count again' },
  params: one,
  reply: response,
})

export const readFeedback = route({
  name: 'readFeedback',
  method: 'GET',
  path: '/api/feedback/:id',
  summary: { zh: '一条客户反馈', en: 'One line of feedback' },
  params: one,
  reply: feedback,
})

export const editFeedback = route({
  name: 'editFeedback',
  method: 'PATCH',
  path: '/api/feedback/:id',
  summary: { zh: '修改客户反馈', en: 'Edit feedback' },
  params: one,
  body: z.strictObject({
    version,
    ...told,
    status: feedbackStatus.nullish(),
    receivedAt: instant.optional(),
  }),
  reply: feedback,
  refusals: ['changed_meanwhile', 'not_found'],
})

export const excludeFeedback = route({
  name: 'excludeFeedback',
  method: 'POST',
  path: '/api/feedback/:id/exclusion',
  summary: { zh: '反馈不计入统计（注明原因）', en: 'Leave feedback out of every figure' },
  params: one,
  body: exclusion,
  reply: feedback,
})

export const includeFeedback = route({
  name: 'includeFeedback',
  method: 'DELETE',
  path: '/api/feedback/:id/exclusion',
  summary: { zh: '反馈恢复计入统计', en: 'Let feedback count again' },
  params: one,
  reply: feedback,
})
