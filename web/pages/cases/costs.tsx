import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { costs } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/costs')

/** What the service cost, as a list. */
export function CostsPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(costs.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="costs"
      title={t('records.costs')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noCosts')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
