import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { listMeasures, readPeriods } from '../../../contract/measurement.ts'
import { readDraft, type StandardReply } from '../../../contract/standards.ts'
import { call, codeOf } from '../../call.ts'
import { useMe } from '../../session.ts'
import { grainOf, periodOf, stepped } from '../../ui/period.ts'
import { Empty, Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { newestPeriod } from '../measurement/newest-period.ts'
import { type KeptDraft, keepDraft, keptDraft, openedDraft } from './kept-draft.ts'
import { PublishForm } from './publish-form.tsx'
import { draftOf, rowOf } from './rows.ts'
import { standardsQuery } from './standards-query.ts'

const route = getRouteApi('/inside/standards/new')
const measuresQuery = {
  queryKey: ['measures'],
  queryFn: () => call(listMeasures, {}),
  staleTime: 300_000,
}

/**
 * The next version starts as the draft the address names, or as the one left in this browser, or as a copy of the newest
 * version; nothing published changes. Changes not yet saved to a draft are kept in this browser and win over it.
 */
export function PublishPage() {
  const { t } = useWords()
  const me = useMe()
  const { draft: draftId } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(standardsQuery)
  const measures = useQuery(measuresQuery)
  const span = useQuery({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })
  const [started, setStarted] = useState(0)
  const stored = useQuery({
    // Read anew for each opening: somebody else may have saved it meanwhile.
    queryKey: ['draft', draftId, started],
    queryFn: () => call(readDraft, { params: { id: draftId ?? '' } }),
    enabled: draftId !== undefined && me.can.editStandards,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (!me.can.editStandards) return <NoPermission />
  const place = { organizationId: me.organization.id, userId: me.userId, draftId }
  const kept = keptDraft(place)
  const gone = codeOf(stored.error) === 'not_found' && !stored.data
  const failed = list.error ?? span.error ?? measures.error ?? (gone && kept ? null : stored.error)
  if (failed && !stored.data) return <Failure error={failed} onRetry={() => void list.refetch()} />
  const newest = list.data?.items[0]
  const waits = draftId !== undefined && !stored.data && !gone
  if (!newest || !span.data || !measures.data || waits) return <Loading rows={8} />
  const opened = stored.data && openedDraft(stored.data)
  if (stored.data && !opened) return <Empty title={t('drafts.unreadable')} />
  const start = gone && kept ? { ...kept, draft: undefined } : (kept ?? opened)
  return (
    <PublishForm
      key={`${draftId} ${started}`}
      start={start ?? copyOf(newest, span.data.today)}
      kept={kept !== undefined}
      gone={gone}
      newest={newest}
      today={span.data.today}
      replayed={lastWhole(span.data, me.organization.monitoringPeriod)}
      measures={measures.data.items}
      keep={(draft) => keepDraft(place, draft)}
      onOpen={(id) => void navigate({ search: { draft: id } })}
      onAgain={() => {
        keepDraft(place, undefined)
        setStarted(started + 1)
      }}
    />
  )
}

const copyOf = (newest: StandardReply, today: string): KeptDraft => ({
  basedOn: newest.version,
  rows: newest.indicators.map((one) => rowOf(draftOf(one))),
  limits: newest.timeLimits,
  effectiveOn: today,
  reason: '',
})

/** The newest period with records that is over. */
function lastWhole(span: { to: string | null; today: string }, monitoringPeriod: string): string {
  const newest = newestPeriod(span, monitoringPeriod)
  return newest === periodOf(grainOf(newest), span.today) ? stepped(newest, -1) : newest
}
