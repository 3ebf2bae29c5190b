import { useMatch, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import type { ListSearch } from './list-search.ts'
import { RecordList } from './record-list.tsx'
import { RecordPage } from './record-page.tsx'
import { recordRoutes } from './record-routes.ts'
import { useListChange } from './use-list-change.ts'

/** The kinds whose list and page have nothing of their own, with what they and an empty list are called. */
const plain = {
  feedback: ['records.feedback', 'records.noFeedback'],
  responses: ['records.responses', 'records.noResponses'],
  invitations: ['records.invitations', 'records.noInvitations'],
  contacts: ['records.contacts', 'records.noContacts'],
  inspections: ['records.inspections', 'records.noInspections'],
  trainings: ['records.trainings', 'records.noTrainings'],
  purchases: ['records.purchases', 'records.noPurchases'],
  attendance: ['records.attendance', 'records.noAttendance'],
  messages: ['records.messages', 'records.noMessages'],
  costs: ['records.costs', 'records.noCosts'],
} as const

/** What the route one is on is about: `/inside/records/costs`, `/inside/records/costs/$id`. */
// The site map leads here from the kinds above alone, and parses what their lists are asked.
const usePlace = () => {
  const { routeId, params, search } = useMatch({ strict: false })
  return {
    kind: routeId.split('/')[3] as keyof typeof plain,
    id: (params as { id?: string }).id ?? '',
    search: search as ListSearch,
  }
}

/** The records of a kind as a list. */
export function PlainRecords() {
  const { t } = useWords()
  const { kind, search } = usePlace()
  const change = useListChange(useNavigate() as Parameters<typeof useListChange>[0])
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      recordRoutes[kind].list({ filter, sort, unit, ...place }, signal),
    [kind],
  )
  const [title, none] = plain[kind]
  return (
    <RecordList
      key={kind}
      kind={kind}
      title={t(title)}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t(none)}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}

/** One record of a kind. */
export function PlainRecord() {
  const { t } = useWords()
  const { kind, id } = usePlace()
  return <RecordPage key={id} kind={kind} id={id} title={t(plain[kind][0])} />
}
