import { z } from 'zod'
import { lifeStage } from './life-stage.ts'
import { type WordKind, wordOf, words } from './words.ts'

/** Which records an indicator stands for. A category holds those below it. */
export const indicatorScope = z.strictObject({
  channel: z.string().min(1).max(60).optional(),
  priority: z.enum(['urgent', 'important', 'normal']).optional(),
  category: z.string().min(1).max(200).optional(),
  faultLevel: z.string().min(1).max(200).optional(),
  /** The stage of life the record's product was in on its day. */
  lifeStage: lifeStage.optional(),
})
export type IndicatorScope = z.infer<typeof indicatorScope>

/** What a scope names, as a reader says it: `电话 · 紧急`; empty where it names nothing. */
export const scopeWords = (scope: IndicatorScope | undefined, language: 'zh' | 'en'): string =>
  Object.entries(scope ?? {})
    .map(([field, value]) => {
      if (!(field in words)) return value
      // A category may have one below it: repair-硬件.
      const [coded = '', ...below] = value.split('-')
      return field === 'category'
        ? [wordOf('category', coded, language), ...below].join('-')
        : wordOf(field as WordKind, value, language)
    })
    .join(' · ')
