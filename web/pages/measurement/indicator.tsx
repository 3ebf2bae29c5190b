import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { listMeasures, readFigures } from '../../../contract/measurement.ts'
import { periodLabel } from '../../../contract/route.ts'
import { call } from '../../call.ts'
import { mayReadRecords, useMe } from '../../session.ts'
import { grainOf } from '../../ui/period.ts'
import { PeriodPicker } from '../../ui/period-picker.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { BoardFilters } from './board-filters.tsx'
import { ClosedBar } from './closed-bar.tsx'
import { FilterChips } from './filter-chips.tsx'
import { type Split, splits } from './filters.ts'
import { IndicatorHead } from './indicator-head.tsx'
import { IndicatorRecords } from './indicator-records.tsx'
import { MeasureDefinition } from './measure-definition.tsx'
import { newestPeriod } from './newest-period.ts'
import { OldNumbers } from './old-numbers.tsx'
import { periodsQuery, scorecardQuery } from './queries.ts'
import { useScopeText } from './scope-text.ts'
import { SplitChart } from './split-chart.tsx'
import { TrendChart } from './trend-chart.tsx'
import { useFreshFigures } from './use-fresh-figures.ts'
import './indicator.css'

const HeatMap = lazy(() => import('./heat-map.tsx'))
const OpenedFigure = lazy(() => import('./opened-figure.tsx'))
const route = getRouteApi('/inside/board/m/$code')

/** Why this number: how it came here, who it is made of, what it means, and its records. */
export function IndicatorPage() {
  const { t, said } = useWords()
  const me = useMe()
  const { code } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const span = useQuery(periodsQuery)
  const period = search.period ?? (span.data && newestPeriod(span.data, me.organization.monitoringPeriod))
  const narrowed = { unit: search.unit, product: search.product }
  const question = { period: period ?? '', ...narrowed, copy: search.copy }
  const card = useQuery({ ...scorecardQuery(question), enabled: period !== undefined })
  const measures = useQuery({
    queryKey: ['measures'],
    queryFn: () => call(listMeasures, {}),
    staleTime: Infinity,
  })
  const live = useFreshFigures()
  const scopeText = useScopeText()
  const indicator = card.data?.indicators.find((one) => one.code === code)
  // The page shows the records its indicator stands for, as its number does.
  const filters = { ...narrowed, ...indicator?.scope }
  const measure = measures.data?.items.find((one) => one.code === indicator?.measure)
  const days = { from: card.data?.from ?? '', to: card.data?.to ?? '' }
  const now = useQuery({
    queryKey: ['figures', { code: measure?.code }, days, filters],
    queryFn: ({ signal }) =>
      call(readFigures, { params: { code: measure?.code ?? '' }, query: { ...days, ...filters }, signal }),
    enabled: measure !== undefined,
  })
  const error = span.error ?? card.error ?? measures.error
  const refresh = () => void Promise.all([span, card, measures].map((one) => one.refetch()))
  if (error && !card.data) return <Failure error={error} onRetry={refresh} />
  if (!span.data || !period || !card.data || !measures.data) return <Loading rows={8} />
  const change = (changed: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...changed }) })
  const grain = search.grain ?? grainOf(period)
  const by = search.by ?? 'unit'
  const opens = mayReadRecords(me)
  return (
    <>
      <p className="crumb small">
        <Link to="/board" search={question}>
          {t('indicator.toBoard')}
        </Link>
        <span aria-hidden="true"> / </span>
      </p>
      <div className="page-head">
        <h1>{indicator ? said(indicator.name) : code}</h1>
        {indicator && <span className="soft">{scopeText(indicator.scope)}</span>}
        <PeriodPicker
          {...span.data}
          value={period}
          onChange={(chosen) => change({ period: chosen, copy: undefined })}
        />
        <BoardFilters {...narrowed} onChange={change} />
      </div>
      <FilterChips given={narrowed} onRemove={(name) => change({ [name]: undefined })} />
      <OldNumbers live={live} error={error} measuredAt={card.data.measuredAt} onRetry={refresh} />
      {!indicator || !measure ? (
        <Empty title={t('indicator.missing', { code })}>{t('indicator.missingWhy')}</Empty>
      ) : (
        <div className={card.isPlaceholderData ? 'indicator waiting' : 'indicator'}>
          <ClosedBar
            card={card.data}
            unit={search.unit}
            live={search.copy === 'live'}
            beside={t('periods.beside')}
            onLive={(copy) => change({ copy })}
          />
          <IndicatorHead
            indicator={indicator}
            measure={measure}
            p90={now.data?.rows[0]?.p90 ?? null}
            onOpen={() => change({ open: period })}
          />
          <TrendChart
            indicator={indicator}
            measure={measure}
            period={period}
            grain={grain}
            filters={filters}
            onGrain={(chosen) => change({ grain: chosen })}
            onOpen={opens ? (figure) => change({ open: figure.period }) : undefined}
          />
          <SplitChart
            indicator={indicator}
            measure={measure}
            card={card.data}
            filters={filters}
            by={by}
            all={search.all === 'yes'}
            whole={now.data?.rows[0]?.n}
            onBy={(chosen) => change({ by: chosen, all: undefined })}
            onAll={() => change({ all: 'yes' })}
            onOpen={opens ? (figure) => change({ open: `${by}:${figure.member ?? ''}` }) : undefined}
          />
          <Suspense fallback={<Loading shape="chart" />}>
            <HeatMap
              indicator={indicator}
              measure={measure}
              card={card.data}
              filters={filters}
              opens={opens}
              all={search.heat === 'all'}
              onAll={() => change({ heat: 'all' })}
            />
          </Suspense>
          <MeasureDefinition indicator={indicator} measure={measure} standard={card.data.standard} />
          <IndicatorRecords card={card.data} indicator={indicator} filters={filters} reads={opens} />
        </div>
      )}
      {indicator && measure && search.open && (
        <Suspense>
          <OpenedFigure
            indicator={indicator}
            {...openedOf(search.open, period)}
            filters={filters}
            onClose={() => change({ open: undefined })}
          />
        </Suspense>
      )}
    </>
  )
}

/** `2024-05` opens that period, `agent:…` that member of the period shown. */
function openedOf(open: string, period: string): { period: string; row?: { by: Split; member: string } } {
  const colon = open.indexOf(':')
  if (colon < 0) return { period: periodLabel.safeParse(open).data ?? period }
  const by = splits.find((one) => one === open.slice(0, colon))
  return by ? { period, row: { by, member: open.slice(colon + 1) } } : { period }
}
