import { DownloadOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { downloadRecords, listMeasures, readPeriods, readRecords } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { addressOf } from '../../paths.ts'
import { productsQuery, useMe } from '../../session.ts'
import { More } from '../../ui/more.tsx'
import { periodBetween } from '../../ui/period.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { MeasuredGrid } from './measured-grid.tsx'

const route = getRouteApi('/inside/records/measure/$code')

/** All records behind one figure, with the same filters as the figure. */
export function MeasuredRecords() {
  const { t, said } = useWords()
  const { count } = useNumbers()
  const { code } = route.useParams()
  const { from, to, ...filters } = route.useSearch()
  const measures = useQuery({
    queryKey: ['measures'],
    queryFn: () => call(listMeasures, {}),
    staleTime: Infinity,
  })
  const span = useQuery({
    queryKey: ['periods'],
    queryFn: () => call(readPeriods, {}),
    enabled: from === undefined || to === undefined,
  })
  const first = from ?? span.data?.from ?? span.data?.today
  const last = to ?? span.data?.today
  const query = { from: first ?? '', to: last ?? '', ...filters }
  const records = useInfiniteQuery({
    queryKey: ['records', code, query],
    queryFn: ({ pageParam, signal }) =>
      call(readRecords, {
        params: { code },
        query: { ...query, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: first !== undefined && last !== undefined,
  })
  const measure = measures.data?.items.find((one) => one.code === code)
  const items = records.data?.pages.flatMap((page) => page.items) ?? []
  const total = records.data?.pages[0]?.total ?? null
  const excluded = records.data?.pages[0]?.excluded ?? []
  return (
    <>
      <div className="page-head">
        <h1>{measure ? said(measure.name) : code}</h1>
        {total !== null && <span className="soft number">{t('list.total', { n: count(total) })}</span>}
        <span className="grow" />
        <Link
          to="/board"
          search={{
            period: from && to && periodBetween(from, to),
            unit: filters.unit,
            product: filters.product,
          }}
        >
          {t('measured.toBoard')}
        </Link>
        <Button
          icon={<DownloadOutlined />}
          href={addressOf(downloadRecords, { params: { code }, query })}
          download
        >
          CSV
        </Button>
      </div>
      <div className="stack">
        {measure && <p className="soft">{said(measure.formula)}</p>}
        <Filters />
        {excluded.length > 0 && (
          <p className="soft small">
            {t('definition.excluded')} {excluded.map(({ reason, n }) => `${reason} ${count(n)}`).join(' · ')}
          </p>
        )}
        {records.error && <Failure error={records.error} onRetry={() => void records.refetch()} />}
        {records.isPending && !records.error && <Loading rows={8} />}
        {records.data && <MeasuredGrid records={items} unit={measure?.unit ?? ''} />}
        {records.data && <More query={records} shown={items.length} total={total} />}
      </div>
    </>
  )
}

/** What the list is narrowed to, each removable. */
function Filters() {
  const { t, label } = useWords()
  const me = useMe()
  const products = useQuery(productsQuery)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const nameOf = (name: string, value: string) => {
    if (name === 'unit' || name === 'supplier') return me.units.find(({ id }) => id === value)?.name ?? value
    if (name === 'product') return products.data?.items.find(({ id }) => id === value)?.name ?? value
    return label(name, value)
  }
  const given = Object.entries(search).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
  return (
    <div className="row">
      {given.map(([name, value]) => (
        <Tag
          key={name}
          closable={{ 'aria-label': t('filter.remove') }}
          onClose={() => void navigate({ search: (now) => ({ ...now, [name]: undefined }) })}
        >
          {label('filter', name)}: <span className="number">{nameOf(name, value)}</span>
        </Tag>
      ))}
    </div>
  )
}
