import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { messages } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/messages')

/** Messages of chats as a list. */
export function MessagesPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(messages.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="messages"
      title={t('records.messages')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noMessages')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
