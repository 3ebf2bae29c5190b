import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { invitations } from '../../../contract/surveys-invitations.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/invitations')

/** Invitations to surveys, and which of them were answered. */
export function InvitationsPage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(invitations.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="invitations"
      title={t('records.invitations')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noInvitations')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
