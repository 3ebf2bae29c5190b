import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { responses } from '../../../contract/surveys.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/responses')

/** Answered questionnaires, one column per question. */
export function ResponsesPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(responses.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="responses"
      title={t('records.responses')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noResponses')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
