import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { inspections } from '../../../contract/inspections.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/inspections')

/** Inspections as a list. */
export function InspectionsPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(inspections.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="inspections"
      title={t('records.inspections')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noInspections')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
