import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { trainings } from '../../../contract/staff.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/trainings')

/** Each person's part in trainings and exams as a list. */
export function TrainingsPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(trainings.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="trainings"
      title={t('records.trainings')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noTrainings')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
