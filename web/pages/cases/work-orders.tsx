import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { listWorkOrders, type WorkOrder } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { type Column, Grid } from '../../ui/grid.tsx'
import { More } from '../../ui/more.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { BoardFilters } from '../measurement/board-filters.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import './work-orders.css'

const route = getRouteApi('/inside/records/work-orders')

export function WorkOrders() {
  const { t, label } = useWords()
  const { stamp, count } = useNumbers()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const orders = useInfiniteQuery({
    queryKey: ['work-orders', search],
    queryFn: ({ pageParam, signal }) =>
      call(listWorkOrders, { query: { ...search, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const change = (changed: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...changed }) })
  const items = orders.data?.pages.flatMap((page) => page.items) ?? []
  const total = orders.data?.pages[0]?.total ?? null
  const columns: Column<WorkOrder>[] = [
    {
      key: 'number',
      title: t('record.number'),
      cell: (order) => (
        <Link className="number" to="/records/work-orders/$id" params={{ id: order.id }}>
          {order.externalId}
        </Link>
      ),
    },
    {
      key: 'at',
      title: t('field.received_at'),
      cell: ({ receivedAt, occurredAt }) => <span className="number">{stamp(receivedAt ?? occurredAt)}</span>,
    },
    {
      key: 'product',
      title: t('record.product'),
      clip: true,
      wide: true,
      cell: ({ product }) => product?.name,
    },
    { key: 'problem', title: t('field.problem'), clip: true, cell: ({ problem }) => problem },
    {
      key: 'category',
      title: t('field.category'),
      wide: true,
      cell: ({ category }) => category && label('category', category),
    },
    {
      key: 'priority',
      title: t('field.priority'),
      wide: true,
      cell: ({ priority }) => priority && label('priority', priority),
    },
    { key: 'unit', title: t('record.unit'), wide: true, cell: ({ unit }) => unit.name },
    { key: 'agent', title: t('record.agent'), wide: true, cell: ({ agent }) => agent?.name },
    { key: 'status', title: t('field.status'), wide: true, cell: ({ status }) => status },
  ]
  return (
    <>
      <h1 className="unseen">{t('records.workOrders')}</h1>
      <RecordsTabs />
      <div className="page-head">
        <Input.Search
          className="search"
          key={search.search ?? ''}
          defaultValue={search.search ?? ''}
          placeholder={t('records.search')}
          aria-label={t('records.search')}
          allowClear
          maxLength={100}
          onSearch={(text) => change({ search: text || undefined })}
        />
        <BoardFilters unit={search.unit} product={search.product} onChange={change} />
        <DayInput label={t('filter.from')} value={search.from} onChange={(from) => change({ from })} />
        <DayInput label={t('filter.to')} value={search.to} onChange={(to) => change({ to })} />
        <span className="grow" />
        {total !== null && <span className="soft number">{t('list.total', { n: count(total) })}</span>}
      </div>
      {orders.error && <Failure error={orders.error} onRetry={() => void orders.refetch()} />}
      {orders.isPending && !orders.error && <Loading shape="table" rows={10} />}
      {orders.data && (
        <div className="stack">
          <Grid
            caption={t('records.workOrders')}
            columns={columns}
            rows={items}
            keyOf={({ id }) => id}
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
          <More query={orders} shown={items.length} total={total} />
        </div>
      )}
    </>
  )
}

interface DayProps {
  label: string
  value: string | undefined
  onChange: (day: string | undefined) => void
}

const DayInput = ({ label, value, onChange }: DayProps) => (
  <Input
    className="day-input"
    type="date"
    title={label}
    aria-label={label}
    prefix={<span className="soft small">{label}</span>}
    value={value ?? ''}
    onChange={(event) => onChange(event.target.value || undefined)}
  />
)
