import { ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { useMe } from '../../session.ts'
import { PeriodPicker } from '../../ui/period-picker.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { laterWords, useWords } from '../../words.ts'
import { BoardFilters } from './board-filters.tsx'
import { ClosedBar } from './closed-bar.tsx'
import { ComparisonChart } from './comparison-chart.tsx'
import { FilterChips } from './filter-chips.tsx'
import { LookAtPanel } from './look-at-panel.tsx'
import { newestPeriod } from './newest-period.ts'
import { OldNumbers } from './old-numbers.tsx'
import { periodsQuery, scorecardQuery } from './queries.ts'
import { ScorecardTable } from './scorecard-table.tsx'
import { TotalPanel } from './total-panel.tsx'
import { useFreshFigures } from './use-fresh-figures.ts'
import './board.css'

const FigureDrawer = lazy(async () => (await Promise.all([import('./figure-drawer.tsx'), laterWords()]))[0])
const route = getRouteApi('/inside/board')

/** Are we on target this period? Every number on this page opens the records behind it. */
export function Board() {
  const { t, said } = useWords()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const span = useQuery(periodsQuery)
  const period = search.period ?? (span.data && newestPeriod(span.data, me.organization.monitoringPeriod))
  const question = { period: period ?? '', unit: search.unit, product: search.product, copy: search.copy }
  const card = useQuery({ ...scorecardQuery(question), enabled: period !== undefined })
  const live = useFreshFigures()
  if (span.error) return <Failure error={span.error} onRetry={() => void span.refetch()} />
  if (!span.data || !period) return <Loading shape="board" />
  const change = (changed: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...changed }) })
  const opened = card.data?.indicators.find(({ code }) => code === search.open)
  return (
    <>
      <h1 className="unseen">{t('menu.board')}</h1>
      <div className="page-head">
        <PeriodPicker
          {...span.data}
          value={period}
          onChange={(chosen) => change({ period: chosen, copy: undefined })}
        />
        <BoardFilters unit={search.unit} product={search.product} onChange={change} />
        <span className="grow" />
        <Link to="/board/periods" search={{}}>
          {t('page.periods')}
        </Link>
        <span className="board-time">
          <Button
            type="text"
            icon={<ReloadOutlined spin={card.isFetching} />}
            aria-label={t('action.refresh')}
            title={t(live.heard ? 'board.live' : 'board.notLive')}
            onClick={() => void card.refetch()}
          />
        </span>
      </div>
      <FilterChips
        given={{ unit: search.unit, product: search.product }}
        onRemove={(name) => change({ [name]: undefined })}
      />
      {card.data ? (
        <OldNumbers
          live={live}
          error={card.error}
          measuredAt={card.data.measuredAt}
          onRetry={() => void card.refetch()}
        />
      ) : (
        card.error && <Failure error={card.error} onRetry={() => void card.refetch()} />
      )}
      {!card.data && !card.error && <Loading shape="board" />}
      {card.data && (
        <div className={card.isPlaceholderData ? 'board waiting' : 'board'}>
          {card.data.indicators.length === 0 ? (
            <NoStandard />
          ) : (
            <>
              {span.data.from === null && <NoData mayImport={me.can.import} />}
              <ClosedBar
                card={card.data}
                unit={search.unit}
                live={search.copy === 'live'}
                onLive={(copy) => change({ copy })}
              />
              <div className="board-top">
                <TotalPanel card={card.data} />
                <LookAtPanel card={card.data} question={question} />
              </div>
              <ScorecardTable
                card={card.data}
                question={question}
                onOpen={(code) => change({ open: code })}
                onRetry={() => void card.refetch()}
              />
              <ComparisonChart question={question} onUnit={(unit) => change({ unit })} />
            </>
          )}
        </div>
      )}
      {opened && card.data && (
        <Suspense>
          <FigureDrawer
            figure={opened}
            name={opened.name}
            measure={opened.measure}
            unit={opened.unit}
            period={card.data.period}
            filters={{ unit: search.unit, product: search.product, ...opened.scope }}
            aims={
              <>
                <span className="soft">{t('drawer.target', { target: said(opened.target.text) })}</span>
                <span className="soft">{said(opened.rule)}</span>
              </>
            }
            onClose={() => change({ open: undefined })}
          />
        </Suspense>
      )}
    </>
  )
}

function NoData({ mayImport }: { mayImport: boolean }) {
  const { t } = useWords()
  return (
    <Empty
      title={t('board.noData')}
      action={
        mayImport && (
          <Link to="/records/import" search={{}}>
            {t('board.importFirst')}
          </Link>
        )
      }
    >
      {t('board.noDataWhy')}
    </Empty>
  )
}

function NoStandard() {
  const { t } = useWords()
  return (
    <Empty
      title={t('board.noStandard')}
      action={
        <Link to="/standards" search={{}}>
          {t('menu.standards')}
        </Link>
      }
    >
      {t('board.noStandardWhy')}
    </Empty>
  )
}
