import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { listResponses } from '../../../contract/surveys.ts'
import { call } from '../../call.ts'
import { type Column, Grid } from '../../ui/grid.tsx'
import { More } from '../../ui/more.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { RecordsTabs } from '../cases/records-tabs.tsx'
import { UnitChoice } from '../measurement/board-filters.tsx'
import { Origin } from './origin.tsx'

type Response = z.output<typeof listResponses.reply>['items'][number]
const route = getRouteApi('/inside/records/responses')
const answers = [
  ['responseSpeed', 'response_speed'],
  ['resolutionEfficiency', 'resolution_efficiency'],
  ['attitude', 'attitude'],
  ['professionalism', 'professionalism'],
  ['overall', 'overall'],
  ['recommend', 'recommend'],
] as const

/** Answered questionnaires, one column per question. */
export function ResponsesPage() {
  const { t } = useWords()
  const { stamp, plain } = useNumbers()
  const { unit } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery({
    queryKey: ['responses', unit],
    queryFn: ({ pageParam, signal }) =>
      call(listResponses, { query: { unit, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const columns: Column<Response>[] = [
    {
      key: 'number',
      title: t('record.number'),
      cell: ({ externalId }) => <span className="number">{externalId}</span>,
    },
    {
      key: 'at',
      title: t('field.submitted_at'),
      cell: ({ submittedAt }) => <span className="number">{stamp(submittedAt)}</span>,
    },
    {
      key: 'order',
      title: t('field.work_order'),
      wide: true,
      cell: ({ workOrder }) => workOrder && <Order of={workOrder} />,
    },
    { key: 'unit', title: t('record.unit'), wide: true, cell: (row) => row.unit.name },
    { key: 'agent', title: t('record.agent'), wide: true, cell: ({ agent }) => agent?.name },
    ...answers.map(([name, field]) => ({
      key: name,
      title: t(`field.${field}`),
      right: true,
      wide: name !== 'overall',
      cell: (row: Response) => (row[name] === null ? null : plain(row[name])),
    })),
    {
      key: 'suggestion',
      title: t('field.suggestion'),
      clip: true,
      wide: true,
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
      <h1 className="unseen">{t('records.responses')}</h1>
      <RecordsTabs />
      <div className="page-head">
        <UnitChoice value={unit} onChange={(chosen) => void navigate({ search: { unit: chosen } })} />
      </div>
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && !list.error && <Loading shape="table" rows={10} />}
      {list.data && (
        <div className="stack">
          <Grid
            caption={t('records.responses')}
            columns={columns}
            rows={items}
            keyOf={({ id }) => id}
            empty={<Empty title={t('records.noResponses')}>{t('records.noFeedbackWhy')}</Empty>}
          />
          <More query={list} shown={items.length} total={list.data.pages[0]?.total ?? null} />
        </div>
      )}
    </>
  )
}

const Order = ({ of }: { of: NonNullable<Response['workOrder']> }) =>
  of.id === null ? (
    <span className="number">{of.externalId}</span>
  ) : (
    <Link className="number" to="/records/work-orders/$id" params={{ id: of.id }}>
      {of.externalId}
    </Link>
  )
