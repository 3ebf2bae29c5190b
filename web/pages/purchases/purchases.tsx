import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { purchases } from '../../../contract/purchases.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/purchases')

/** Purchases as a list. */
export function PurchasesPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(purchases.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="purchases"
      title={t('records.purchases')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noPurchases')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
