import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { listPeriods, readLateChanges } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { mayClosePeriods, mayReadRecords, useMe } from '../../session.ts'
import { Choose } from '../../ui/choose.tsx'
import { Grid } from '../../ui/grid.tsx'
import { grainsShown } from '../../ui/period.ts'
import { usePeriodName } from '../../ui/period-name.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { FreezePeriod } from './freeze-period.tsx'
import { PeriodDrawer } from './period-drawer.tsx'
import { StateMark } from './period-state.tsx'
import { useFreshFigures } from './use-fresh-figures.ts'
import '../../ui/link-button.css'

const route = getRouteApi('/inside/board/periods')

/** The last periods: which are closed, by whom and why, what moved since; here they are closed and restated. */
export function PeriodsPage() {
  const { t, label } = useWords()
  const { stamp } = useNumbers()
  const name = usePeriodName()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const grain = search.grain ?? grainsShown.find((one) => one === me.organization.monitoringPeriod) ?? 'month'
  const list = useQuery({
    queryKey: ['period-states', grain],
    queryFn: ({ signal }) => call(listPeriods, { query: { grain, last: 13 }, signal }),
  })
  useFreshFigures()
  const change = (changed: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...changed }) })
  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  return (
    <>
      <div className="page-head">
        <h1>{t('page.periods')}</h1>
        <Choose
          label={t('periods.grain')}
          value={grain}
          options={grainsShown.map((one) => ({ value: one, label: label('grain', one) }))}
          onChange={(chosen) => change({ grain: grainsShown.find((one) => one === chosen) })}
        />
      </div>
      <div className="stack">
        <p className="soft">{t('periods.what')}</p>
        {!list.data ? (
          <Loading rows={12} />
        ) : (
          <Grid
            caption={t('page.periods')}
            rows={list.data.items}
            keyOf={({ period }) => period}
            columns={[
              {
                key: 'period',
                title: t('chart.period'),
                cell: ({ period }) => (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => change({ open: period, copy: undefined, against: undefined })}
                  >
                    {name(period)}
                  </button>
                ),
              },
              { key: 'state', title: t('board.status'), cell: (row) => <StateMark period={row} /> },
              {
                key: 'moved',
                title: t('periods.moved'),
                cell: ({ period, copies }) =>
                  copies.length === 0 ? (
                    ''
                  ) : mayReadRecords(me) ? (
                    <Moved period={period} onOpen={() => change({ open: period, copy: 'live' })} />
                  ) : null,
              },
              {
                key: 'made',
                title: t('periods.made'),
                wide: true,
                cell: ({ copies: [newest] }) => (newest ? stamp(newest.madeAt) : ''),
              },
              {
                key: 'by',
                title: t('periods.by'),
                wide: true,
                cell: ({ copies: [newest] }) => newest?.by ?? '',
              },
              {
                key: 'note',
                title: t('periods.note'),
                wrap: true,
                wide: true,
                cell: ({ copies: [newest] }) => newest?.note ?? '',
              },
              {
                key: 'do',
                title: <span className="unseen">{t('periods.do')}</span>,
                cell: ({ period, over, state }) =>
                  over && state === 'open' && mayClosePeriods(me) ? (
                    <FreezePeriod period={period} verb="close" />
                  ) : (
                    <Link to="/board" search={{ period }}>
                      {t('menu.board')}
                    </Link>
                  ),
              },
            ]}
          />
        )}
      </div>
      {search.open && (
        <PeriodDrawer
          key={search.open}
          period={search.open}
          copy={search.copy}
          against={search.against}
          onChange={change}
          onClose={() => change({ open: undefined, copy: undefined, against: undefined })}
        />
      )}
    </>
  )
}

function Moved({ period, onOpen }: { period: string; onOpen: () => void }) {
  const { t } = useWords()
  const { count } = useNumbers()
  const late = useQuery({
    queryKey: ['late-changes', period],
    queryFn: ({ signal }) => call(readLateChanges, { params: { period }, signal }),
  })
  if (late.error) return t('periods.unknown')
  if (!late.data) return '…'
  const rows = late.data.units.reduce((sum, unit) => sum + unit.rows.length, 0)
  if (late.data.units.length === 0) return t('periods.none')
  return (
    <button type="button" className="link-button" onClick={onOpen}>
      {t('periods.movedRows', { n: count(rows), units: count(late.data.units.length) })}
    </button>
  )
}
