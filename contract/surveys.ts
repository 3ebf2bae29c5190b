import { z } from 'zod'
import { id, instant, named, page, pageQuery, route } from './route.ts'

const score = z.number().min(1).max(5)

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
  excludedReason: z.string().nullable(),
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
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

export const listResponses = route({
  name: 'listResponses',
  method: 'GET',
  path: '/api/responses',
  summary: { zh: '答卷', en: 'Survey responses, newest first' },
  query: z.strictObject({ ...pageQuery, unit: id.optional() }),
  reply: page(response),
})

export const createResponse = route({
  name: 'createResponse',
  method: 'POST',
  path: '/api/responses',
  summary: { zh: '录入答卷', en: 'Enter a survey response by hand' },
  body: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    workOrderId: id.optional(),
    unitId: id.optional(),
    agentId: id.optional(),
    productId: id.optional(),
    channel: z.string().max(60).optional(),
    submittedAt: instant,
    responseSpeed: score.optional(),
    resolutionEfficiency: score.optional(),
    attitude: score.optional(),
    professionalism: score.optional(),
    overall: score.optional(),
    recommend: z.number().int().min(0).max(10).optional(),
    suggestion: z.string().max(2000).optional(),
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
  query: z.strictObject({ ...pageQuery, unit: id.optional() }),
  reply: page(feedback),
})

export const createFeedback = route({
  name: 'createFeedback',
  method: 'POST',
  path: '/api/feedback',
  summary: { zh: '录入客户反馈', en: 'Enter customer feedback by hand' },
  body: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    customer: z.string().trim().max(200).optional(),
    productId: id.optional(),
    unitId: id.optional(),
    agentId: id.optional(),
    problem: z.string().trim().max(4000).optional(),
    channel: z.string().max(60).optional(),
    status: z.enum(['open', 'in_progress', 'followed_up', 'closed']).default('open'),
    score: score.optional(),
    suggestion: z.string().max(2000).optional(),
    receivedAt: instant,
  }),
  reply: feedback,
  status: 201,
  refusals: ['number_taken', 'not_found'],
})
