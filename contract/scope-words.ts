import type { IndicatorScope } from './indicator-scope.ts'
import { type WordKind, wordOf, words } from './words.ts'

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
