import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { feedback } from '../../../contract/surveys.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/feedback')

/** 表2 as a list. */
export function FeedbackPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(feedback.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="feedback"
      title={t('records.feedback')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noFeedback')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
