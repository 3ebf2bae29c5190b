import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { listQuery } from './list-query.ts'
import { id, instant, named, page, route } from './route.ts'

export * from './cases-contacts.ts'
export * from './cases-costs.ts'
export * from './cases-messages.ts'

const text = z.string().trim().max(4000)
const short = z.string().trim().max(200)

const times = {
  receivedAt: instant.nullable(),
  respondedAt: instant.nullable(),
  startedAt: instant.nullable(),
  faultIdentifiedAt: instant.nullable(),
  planConfirmedAt: instant.nullable(),
  arrivedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  reopenedAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  /** When the customer was first asked about the order, in the first round. */
  surveySentAt: instant.nullable(),
  closedAt: instant.nullable(),
}

/** A time in which the clocks of the work stand still; `to` is null while it lasts. */
const pause = z.strictObject({ from: instant, to: instant.nullable(), reason: z.string().trim().max(200) })
export type Pause = z.infer<typeof pause>

/** A time after the first solution in which an order was open again; `resolvedAt` is null while it is. */
const episode = z.strictObject({
  reopenedAt: instant,
  resolvedAt: instant.nullable(),
  /** Who solved it then; without one the order's agent. */
  agentId: id.nullish(),
})
export type Episode = z.infer<typeof episode>

export const workOrder = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  unit: named,
  agent: named.nullable(),
  /** Whose the first response was, where it was not the order's own agent and unit. */
  responder: named.nullable(),
  responderUnit: named.nullable(),
  product: named.nullable(),
  /** Of the product on the day of the record. */
  lifeStage: lifeStage.nullable(),
  supplier: named.nullable(),
  /** Always the customer's code; the name stays in the encrypted table. */
  customer: z.object({ code: z.string(), masked: z.string() }).nullable(),
  serial: z.string().nullable(),
  orderNo: z.string().nullable(),
  problem: z.string().nullable(),
  demand: z.string().nullable(),
  category: z.string().nullable(),
  subcategory: z.string().nullable(),
  priority: z.string().nullable(),
  complexity: z.string().nullable(),
  faultLevel: z.string().nullable(),
  channel: z.string().nullable(),
  plan: z.string().nullable(),
  result: z.string().nullable(),
  confirmation: z.string().nullable(),
  status: z.string().nullable(),
  /** How it was solved, in the source's words: remotely, on site, … */
  resolutionMode: z.string().nullable(),
  /** Money, exact */
  cost: z.string().nullable(),
  ...times,
  occurredAt: instant,
  responseDueAt: instant.nullable(),
  startDueAt: instant.nullable(),
  planDueAt: instant.nullable(),
  onsiteDueAt: instant.nullable(),
  resolutionDueAt: instant.nullable(),
  followedUpAt: instant.nullable(),
  /** As the source says, or by the limit from the solution on. */
  followUpDueAt: instant.nullable(),
  /** In order and apart; only the last may still last. */
  pauses: z.array(pause),
  /** In order; the resolution limit runs anew from each re-opening. */
  episodes: z.array(
    z.object({
      reopenedAt: instant,
      resolvedAt: instant.nullable(),
      dueAt: instant.nullable(),
      agent: named.nullable(),
    }),
  ),
  reopenCount: z.number().int().nullable(),
  contactCount: z.number().int().nullable(),
  /** How often somebody came; 0 where it was solved from afar. */
  visits: z.number().int().nullable(),
  firstDiagnosis: z.string().nullable(),
  finalCause: z.string().nullable(),
  /** Whether the repair damaged something or had to be done again. */
  redone: z.boolean().nullable(),
  /** Whether the plan was replaced by another. */
  planReplaced: z.boolean().nullable(),
  partsRequested: z.number().int().nullable(),
  /** Of those requested, how many were there at once. */
  partsFilled: z.number().int().nullable(),
  /** The article of the knowledge base that was used: its number or title. */
  article: z.string().nullable(),
  /** Whether one was used; always where it is named. */
  articleUsed: z.boolean().nullable(),
  requiredFields: z.number().int(),
  filledFields: z.number().int(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})
export type WorkOrder = z.infer<typeof workOrder>

export const listWorkOrders = route({
  name: 'listWorkOrders',
  method: 'GET',
  path: '/api/work-orders',
  summary: { zh: '工单列表', en: 'Work orders, newest first' },
  query: z.strictObject({
    ...listQuery('work-orders'),
    product: id.optional(),
    agent: id.optional(),
    search: z.string().max(100).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
  reply: page(workOrder),
})

export const readWorkOrder = route({
  name: 'readWorkOrder',
  method: 'GET',
  path: '/api/work-orders/:id',
  summary: { zh: '一张工单', en: 'One work order' },
  params: z.strictObject({ id }),
  reply: workOrder,
})

/** `null` empties a field, one left out stays as it is. */
const entered = {
  customer: short.nullish(),
  contact: short.nullish(),
  unitId: id.optional(),
  agentId: id.nullish(),
  /** Who responded first, from the unit they were in on that day; `null`: the order's agent. */
  responderId: id.nullish(),
  productId: id.nullish(),
  serial: short.nullish(),
  orderNo: short.nullish(),
  problem: text.nullish(),
  demand: short.nullish(),
  category: short.nullish(),
  subcategory: short.nullish(),
  priority: z.enum(['urgent', 'important', 'normal']).nullish(),
  complexity: z.enum(['ordinary', 'complex']).nullish(),
  faultLevel: short.nullish(),
  channel: short.nullish(),
  plan: text.nullish(),
  result: text.nullish(),
  confirmation: short.nullish(),
  status: short.nullish(),
  resolutionMode: short.nullish(),
  cost: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/)
    .nullish(),
  respondedAt: instant.nullish(),
  startedAt: instant.nullish(),
  faultIdentifiedAt: instant.nullish(),
  planConfirmedAt: instant.nullish(),
  arrivedAt: instant.nullish(),
  resolvedAt: instant.nullish(),
  reopenedAt: instant.nullish(),
  confirmedAt: instant.nullish(),
  closedAt: instant.nullish(),
  reopenCount: z.number().int().min(0).max(1000).nullish(),
  contactCount: z.number().int().min(0).max(1000).nullish(),
  visits: z.number().int().min(0).max(1000).nullish(),
  firstDiagnosis: short.nullish(),
  finalCause: short.nullish(),
  redone: z.boolean().nullish(),
  planReplaced: z.boolean().nullish(),
  partsRequested: z.number().int().min(0).max(10_000).nullish(),
  partsFilled: z.number().int().min(0).max(10_000).nullish(),
  article: short.nullish(),
  articleUsed: z.boolean().nullish(),
  followedUpAt: instant.nullish(),
  /** All of them; those left out are gone. */
  pauses: z.array(pause).max(100).optional(),
  /** All of them, after the first solution; those left out are gone. They also say how often it was re-opened. */
  episodes: z.array(episode).max(50).optional(),
}

export const createWorkOrder = route({
  name: 'createWorkOrder',
  method: 'POST',
  path: '/api/work-orders',
  summary: { zh: '登记工单（手工录入）', en: 'Enter a work order by hand' },
  body: z.strictObject({ ...entered, externalId: short.optional(), receivedAt: instant }),
  reply: workOrder,
  status: 201,
  refusals: [
    'number_taken',
    'not_found',
    'parts_wrong',
    'pause_backwards',
    'pauses_overlap',
    'not_resolved',
    'episodes_backwards',
  ],
})

export const editWorkOrder = route({
  name: 'editWorkOrder',
  method: 'PATCH',
  path: '/api/work-orders/:id',
  summary: { zh: '修改工单', en: 'Edit a work order' },
  params: z.strictObject({ id }),
  body: z.strictObject({ version: z.number().int(), ...entered, receivedAt: instant.optional() }),
  reply: workOrder,
  refusals: [
    'changed_meanwhile',
    'not_found',
    'parts_wrong',
    'pause_backwards',
    'pauses_overlap',
    'not_resolved',
    'episodes_backwards',
  ],
})

export const excludeWorkOrder = route({
  name: 'excludeWorkOrder',
  method: 'POST',
  path: '/api/work-orders/:id/exclusion',
  summary: { zh: '不计入统计（注明原因）', en: 'Leave out of every figure, with the reason' },
  params: z.strictObject({ id }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(400) }),
  reply: workOrder,
})

export const includeWorkOrder = route({
  name: 'includeWorkOrder',
  method: 'DELETE',
  path: '/api/work-orders/:id/exclusion',
  summary: { zh: '恢复计入统计', en: 'Let it count again' },
  params: z.strictObject({ id }),
  reply: workOrder,
})

const step = z.object({
  date: z.iso.date(),
  kind: z.enum(['workday', 'weekend', 'holiday', 'makeup', 'own']),
  name: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** minutes of the limit that ran on that day */
  minutes: z.number().int(),
})
const clockExplanation = z.object({
  clock: z.enum(['response', 'start', 'plan', 'onsite', 'resolution', 'follow_up']),
  /** 1 from the receipt, 2 and more from a re-opening */
  episode: z.number().int(),
  /** the source system said when it is due; no limit of ours was asked */
  given: z.boolean(),
  limit: z.object({ seconds: z.number().int(), runs: z.enum(['always', 'working', 'workdays']) }).nullable(),
  dueAt: instant.nullable(),
  pausedMinutes: z.number().int(),
  steps: z.array(step),
})
export type ClockExplanation = z.infer<typeof clockExplanation>

export const explainClocks = route({
  name: 'explainClocks',
  method: 'GET',
  path: '/api/work-orders/:id/clocks',
  summary: { zh: '各时限为何在此时到期', en: 'Why each limit of a work order runs out when it does' },
  params: z.strictObject({ id }),
  reply: z.object({ items: z.array(clockExplanation) }),
})
