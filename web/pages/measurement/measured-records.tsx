import { DownloadOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import {
  downloadRecords,
  downloadRecordsSheet,
  listMeasures,
  readPeriods,
  readRecords,
} from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { addressOf } from '../../paths.ts'
import { More } from '../../ui/more.tsx'
import { periodBetween } from '../../ui/period.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { FilterChips } from './filter-chips.tsx'
import { MeasuredGrid } from './measured-grid.tsx'

const route = getRouteApi('/inside/records/measure/$code')

/** All records behind one figure, with the same filters as the figure. */
export function MeasuredRecords() {
  const { t, said } = useWords()
  const { count } = useNumbers()
  const { code } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { from, to, ...filters } = search
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
          href={addressOf(downloadRecordsSheet, { params: { code }, query })}
          download
        >
          XLSX
        </Button>
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
        <FilterChips
          given={search}
          onRemove={(name) => void navigate({ search: (now) => ({ ...now, [name]: undefined }) })}
        />
        {excluded.length > 0 && (
          <p className="soft small">
            {t('definition.excluded')} {excluded.map(({ reason, n }) => `${reason} ${count(n)}`).join(' · ')}
          </p>
        )}
        {records.error && <Failure error={records.error} onRetry={() => void records.refetch()} />}
        {records.isPending && !records.error && <Loading rows={8} />}
        {records.data && <MeasuredGrid records={items} />}
        {records.data && <More query={records} shown={items.length} total={total} />}
      </div>
    </>
  )
}
