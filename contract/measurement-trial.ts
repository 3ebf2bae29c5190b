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

const named = z.object({ id: z.string(), name: z.string() })
const placed = z.object({
  total: z.number().nullable(),
  /** As in the comparison: what cannot be told apart shares it; null where too little is known. */
  rank: z.number().int().nullable(),
})

/** A weight at which two neighbours of the new order are level: beyond it the other one leads. */
const flip = z.object({
  upper: z.string(),
  lower: z.string(),
  /** 0–100, exact, shown with two decimals; the other weights share the rest in proportion. */
  weight: z.string(),
})

export const replayed = z.object({
  period: z.string(),
  /** Oldest first; each is scored by the standard of its own first day and by the draft. */
  periods: z.array(
    z.object({
      period: z.string(),
      standard: z.string().nullable(),
      before: z.number().nullable(),
      after: z.number().nullable(),
      /** Units with a rank in both whose rank differs. */
      moved: z.number().int(),
    }),
  ),
  /** Units of the last period, in the new order. */
  units: z.array(z.object({ unit: named, before: placed, after: placed })),
  breakEvens: z.array(
    z.object({
      code: z.string(),
      name: z.object({ zh: z.string(), en: z.string() }),
      /** What the draft gives it, of 100. */
      weight: z.string().nullable(),
      flips: z.array(flip),
      /** Neighbours not counted over the same indicators: no single weight can be told for them. */
      otherBase: z.number().int(),
    }),
  ),
})
export type Replayed = z.infer<typeof replayed>

export const replayStandard = route({
  name: 'replayStandard',
  method: 'POST',
  path: '/api/scorecard/replay',
  summary: {
    zh: '用草稿回放过去若干周期：总分、名次变化与临界权重，不写入',
    en: 'Replay past periods by a draft: totals, ranks that change, break-even weights; nothing stored',
  },
  body: z.strictObject({
    /** The last of them. */
    period: periodLabel,
    periods: z.number().int().min(1).max(24).default(6),
    unit: id.optional(),
    indicators: z.array(z.strictObject(indicatorFields)).min(1).max(60),
  }),
  reply: replayed,
  refusals: ['not_a_period', 'code_twice', 'unknown_measure', 'rule_unusable', 'weight_unusable'],
})
