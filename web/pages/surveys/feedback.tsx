import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { z } from 'zod'
import { listFeedback } from '../../../contract/surveys.ts'
import { call } from '../../call.ts'
import { type Column, Grid } from '../../ui/grid.tsx'
import { More } from '../../ui/more.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { RecordsTabs } from '../cases/records-tabs.tsx'
import { UnitChoice } from '../measurement/board-filters.tsx'
import { Origin } from './origin.tsx'

type Feedback = z.output<typeof listFeedback.reply>['items'][number]
const route = getRouteApi('/inside/records/feedback')

/** The feedback ledger in the order of 表2's columns. */
export function FeedbackPage() {
  const { t, label } = useWords()
  const { stamp, value } = useNumbers()
  const { unit } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery({
    queryKey: ['feedback', unit],
    queryFn: ({ pageParam, signal }) =>
      call(listFeedback, { query: { unit, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const columns: Column<Feedback>[] = [
    {
      key: 'number',
      title: t('record.number'),
      cell: ({ externalId }) => <span className="number">{externalId}</span>,
    },
    { key: 'customer', title: t('field.customer'), wide: true, cell: ({ customer }) => customer?.masked },
    {
      key: 'product',
      title: t('record.product'),
      wide: true,
      clip: true,
      cell: ({ product }) => product?.name,
    },
    { key: 'problem', title: t('field.problem'), clip: true, cell: ({ problem }) => problem },
    {
      key: 'channel',
      title: t('field.channel'),
      wide: true,
      cell: ({ channel }) => channel && label('channel', channel),
    },
    {
      key: 'at',
      title: t('feedback.at'),
      cell: ({ receivedAt, receivedMonthOnly }) => (
        <span className="number">
          {receivedMonthOnly ? stamp(receivedAt).slice(0, 7) : stamp(receivedAt)}
        </span>
      ),
    },
    {
      key: 'status',
      title: t('field.status'),
      cell: ({ status }) => status && label('feedbackStatus', status),
    },
    {
      key: 'score',
      title: t('field.score'),
      right: true,
      cell: ({ score }) => (score === null ? null : value(score, 'points')),
    },
    {
      key: 'suggestion',
      title: t('field.suggestion'),
      wide: true,
      clip: true,
      cell: ({ suggestion }) => suggestion,
    },
    {
      key: 'from',
      title: t('record.provenance'),
      wide: true,
      clip: true,
      cell: (row) => <Origin record={row} />,
    },
  ]
  return (
    <>
      <h1 className="unseen">{t('records.feedback')}</h1>
      <RecordsTabs />
      <div className="page-head">
        <UnitChoice value={unit} onChange={(chosen) => void navigate({ search: { unit: chosen } })} />
      </div>
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && !list.error && <Loading shape="table" rows={10} />}
      {list.data && (
        <div className="stack">
          <Grid
            caption={t('records.feedback')}
            columns={columns}
            rows={items}
            keyOf={({ id }) => id}
            empty={<Empty title={t('records.noFeedback')}>{t('records.noFeedbackWhy')}</Empty>}
          />
          <More query={list} shown={items.length} total={list.data.pages[0]?.total ?? null} />
        </div>
      )}
    </>
  )
}
