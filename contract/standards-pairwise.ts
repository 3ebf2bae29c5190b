import { z } from 'zod'
import { route } from './route.ts'

/** How many times as important the left one is: Saaty's 1 to 9 and their reciprocals, the strongest left first. */
export const pairScale = [
  '9',
  '8',
  '7',
  '6',
  '5',
  '4',
  '3',
  '2',
  '1',
  '1/2',
  '1/3',
  '1/4',
  '1/5',
  '1/6',
  '1/7',
  '1/8',
  '1/9',
] as const

export const mostCompared = 10

const code = z.string().min(1).max(80)
const judgement = z.strictObject({ left: code, right: code, times: z.enum(pairScale) })

export const weighPairs = route({
  name: 'weighPairs',
  method: 'POST',
  path: '/api/standards/pairwise',
  summary: {
    zh: '两两比较（层次分析法）得出权重；一致性比率超过 0.1 不予采用',
    en: 'Weights from pairwise comparison (AHP); refused where the consistency ratio is above 0.1',
  },
  body: z.strictObject({
    indicators: z
      .array(z.strictObject({ code, nameZh: z.string().max(80), nameEn: z.string().max(120) }))
      .min(2)
      .max(mostCompared),
    /** Every pair once, whichever way round. */
    judgements: z
      .array(judgement)
      .min(1)
      .max((mostCompared * (mostCompared - 1)) / 2),
    /** Decimals of a weight. */
    places: z.number().int().min(0).max(1).default(0),
  }),
  reply: z.object({
    /** They total exactly 100. */
    weights: z.array(z.object({ code: z.string(), weight: z.string() })),
    /** Saaty's consistency ratio, four decimals; 0 where the judgements fit each other wholly. */
    consistency: z.string(),
  }),
  refusals: ['code_twice', 'judgements_incomplete', 'judgements_inconsistent'],
})
