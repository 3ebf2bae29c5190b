import { z } from 'zod'
import { id, periodLabel, route } from './route.ts'
import { indicatorFields } from './standards.ts'

const side = z.object({
  /** null where the indicator is not in that version, or has no value */
  score: z.number().nullable(),
  weight: z.string().nullable(),
  targetText: z.object({ zh: z.string(), en: z.string() }).nullable(),
})

export const tryStandard = route({
  name: 'tryStandard',
  method: 'POST',
  path: '/api/scorecard/trial',
  summary: {
    zh: '用草稿试算一个周期：旧分与新分，不写入',
    en: 'Score a period by a draft: old and new beside each other, nothing stored',
  },
  body: z.strictObject({
    period: periodLabel,
    unit: id.optional(),
    indicators: z.array(z.strictObject(indicatorFields)).min(1).max(60),
  }),
  reply: z.object({
    period: z.string(),
    standard: z.string().nullable(),
    before: z.number().nullable(),
    after: z.number().nullable(),
    rows: z.array(
      z.object({
        code: z.string(),
        name: z.object({ zh: z.string(), en: z.string() }),
        unit: z.string(),
        value: z.number().nullable(),
        n: z.number().int(),
        before: side,
        after: side,
      }),
    ),
  }),
  refusals: ['not_a_period', 'code_twice', 'unknown_measure', 'rule_unusable', 'weight_unusable'],
})
