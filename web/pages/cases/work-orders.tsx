import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { listWorkOrders } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/work-orders')

/** 模板一 as a list. */
export function WorkOrders() {
  const { t } = useWords()
  const me = useMe()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    (query, place, signal) => call(listWorkOrders, { query: { ...query, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="work-orders"
      title={t('records.workOrders')}
      search={search}
      change={change}
      read={read}
      searchable
      empty={
        <Empty
          title={t('records.none')}
          action={
            me.can.import && (
              <Link to="/records/import" search={{}}>
                {t('board.importFirst')}
              </Link>
            )
          }
        >
          {t('records.noneWhy')}
        </Empty>
      }
    />
  )
}
