import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { meQuery } from '../session.ts'
import { useWords } from '../words.ts'
import { numbers } from './numbers.ts'

/** The formatters in the reader's language and the organization's zone. */
export function useNumbers() {
  const { t, language } = useWords()
  const zone = useQueryClient().getQueryData(meQuery.queryKey)?.organization.zone
  return useMemo(() => numbers(t, language, zone), [t, language, zone])
}
