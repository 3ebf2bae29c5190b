import { z } from 'zod'
import { indicatorScope } from './indicator-scope.ts'
import { day, instant, route } from './route.ts'
import { draftPublished } from './standards-drafts.ts'

export * from './indicator-scope.ts'
export * from './standards-calendar.ts'
export * from './standards-drafts.ts'
export * from './standards-pairwise.ts'
export * from './standards-table.ts'

const decimal = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/)

export const rule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('deduct'),
    points: decimal,
    per: decimal,
    step: z.enum(['whole', 'linear', 'started']),
  }),
  z.strictObject({
    kind: z.literal('bands'),
    bands: z
      .array(z.strictObject({ from: decimal, score: decimal }))
      .min(1)
      .max(20),
  }),
  z.strictObject({ kind: z.literal('between'), floor: decimal }),
  z.strictObject({ kind: z.literal('pass_fail') }),
])

export const indicatorFields = {
  code: z.string().min(1).max(80),
  measure: z.string().min(1).max(80),
  nameZh: z.string().min(1).max(80),
  nameEn: z.string().min(1).max(120),
  dimension: z.string().min(1).max(40),
  source: z.string().max(80),
  period: z.enum(['day', 'week', 'month', 'quarter', 'year']),
  weight: decimal,
  target: z.strictObject({ operator: z.enum(['<=', '>=']), value: decimal }),
  rule,
  minimumN: z.number().int().min(1).max(100_000),
  /** The records it stands for; without it all of them. */
  scope: indicatorScope.optional(),
}

export const timeLimit = z.strictObject({
  clock: z.enum(['response', 'start', 'plan', 'onsite', 'resolution', 'follow_up', 'reply']),
  priority: z.enum(['', 'urgent', 'important', 'normal']).default(''),
  complexity: z.enum(['', 'ordinary', 'complex']).default(''),
  channel: z.string().max(40).default(''),
  /** 故障等级, as the records have it */
  faultLevel: z.string().trim().max(200).default(''),
  seconds: z.number().int().min(1).max(60_000_000),
  /**
   * `always`: around the clock; `working`: in the working time of the unit's calendar; `workdays`: whole working days,
   * 86,400 seconds each, over at the end of the last one's hours.
   */
  runs: z.enum(['always', 'working', 'workdays']).default('always'),
})

export const standard = z.object({
  version: z.number().int(),
  effectiveOn: day,
  pack: z.string(),
  reason: z.string(),
  author: z.string().nullable(),
  publishedAt: instant,
  indicators: z.array(
    z.object({
      ...indicatorFields,
      /** 评分标准 as the sentence of 表1, in both languages */
      sentence: z.object({ zh: z.string(), en: z.string() }),
      targetText: z.object({ zh: z.string(), en: z.string() }),
      definition: z.object({ zh: z.string(), en: z.string() }),
      unit: z.string(),
    }),
  ),
  timeLimits: z.array(timeLimit),
})
export type StandardReply = z.infer<typeof standard>

export const listStandards = route({
  name: 'listStandards',
  method: 'GET',
  path: '/api/standards',
  summary: { zh: '标准的各版本', en: 'Versions of the standard, newest first' },
  reply: z.object({ items: z.array(standard) }),
})

export const publishStandard = route({
  name: 'publishStandard',
  method: 'POST',
  path: '/api/standards',
  summary: {
    zh: '发布新版本标准（权重合计必须为100）',
    en: 'Publish a new version (weights must total 100)',
  },
  body: z.strictObject({
    effectiveOn: day,
    reason: z.string().trim().min(1).max(400),
    indicators: z.array(z.strictObject(indicatorFields)).min(1).max(60),
    timeLimits: z.array(timeLimit).max(200).optional(),
    /** Where it was worked on as a draft: that one, as it was opened; it ends. */
    draft: draftPublished.optional(),
  }),
  reply: standard,
  status: 201,
  refusals: [
    'weights_not_100',
    'weight_unusable',
    'unknown_measure',
    'code_twice',
    'rule_unusable',
    'limit_twice',
    'limit_unusable',
    'changed_meanwhile',
  ],
})

const pack = z.object({
  name: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  /** Where its numbers come from, and which are the product's own convention. */
  source: z.object({ zh: z.string(), en: z.string() }),
  /** The pack of sources that a preset of an industry varies; null for those packs themselves. */
  basedOn: z.string().nullable(),
  indicators: z.array(
    z.object({
      ...indicatorFields,
      targetText: z.object({ zh: z.string(), en: z.string() }),
      sentence: z.object({ zh: z.string(), en: z.string() }),
    }),
  ),
  timeLimits: z.array(timeLimit),
})

export const listPacks = route({
  name: 'listPacks',
  method: 'GET',
  path: '/api/packs',
  summary: { zh: '行业包及其数字', en: 'Packs and their numbers' },
  reply: z.object({ items: z.array(pack) }),
})
