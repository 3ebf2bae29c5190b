import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../session.ts'
import { useWords } from '../words.ts'
import { numbers } from './numbers.ts'

/** The formatters in the reader's language and the organization's zone. */
export function useNumbers() {
  const { t, language } = useWords()
  const { i18n } = useTranslation()
  const zone = useQueryClient().getQueryData(meQuery.queryKey)?.organization.zone
  // biome-ignore lint/correctness/useExhaustiveDependencies: t is new on each render and follows the language
  return useMemo(() => numbers(t, language, zone), [i18n, language, zone])
}
