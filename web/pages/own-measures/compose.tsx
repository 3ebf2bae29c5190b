import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { readPeriods } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Empty, Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { ComposeForm } from './compose-form.tsx'
import { ownMeasuresQuery } from './queries.ts'

/** A new measure, or one that stands, to be composed anew. */
export function ComposePage() {
  const { t } = useWords()
  const me = useMe()
  const { id } = useParams({ strict: false })
  const list = useQuery({ ...ownMeasuresQuery, staleTime: Number.POSITIVE_INFINITY })
  const span = useQuery({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })
  if (!me.can.editStandards) return <NoPermission />
  const failed = list.error ?? span.error
  if (failed) return <Failure error={failed} onRetry={() => void list.refetch()} />
  if (!list.data || !span.data) return <Loading rows={8} />
  const stands = list.data.items.find((one) => one.id === id)
  if (id !== undefined && !stands) return <Empty title={t('state.notFound')} />
  return <ComposeForm key={id} stands={stands} today={span.data.to ?? span.data.today} />
}
