import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { readPeriods } from '../../../contract/measurement.ts'
import { listCalendars } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Choose } from '../../ui/choose.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { CalendarForm } from './calendar-form.tsx'
import { CalendarTester } from './calendar-tester.tsx'
import { SettingsTabs } from './settings-tabs.tsx'
import { YearView } from './year-view.tsx'
import './calendar.css'

const route = getRouteApi('/inside/settings/calendar')

/** When work is done: the hours of the organization and of units that have their own, a year at a glance, a tester. */
export function CalendarPage() {
  const { t } = useWords()
  const { stamp } = useNumbers()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery({ queryKey: ['calendars'], queryFn: () => call(listCalendars, {}) })
  const span = useQuery({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })
  if (!me.can.manage) return <NoPermission />
  const failed = list.error ?? span.error
  if (failed) return <Failure error={failed} onRetry={() => void list.refetch()} />
  if (!list.data || !span.data) return <Loading rows={8} />
  const unit = search.unit ?? me.organization.rootUnitId
  const { today } = span.data
  const year = search.year ?? Number(today.slice(0, 4))
  const versions = list.data.items.filter(({ unitId }) => unitId === unit)
  const own = new Set(list.data.items.map(({ unitId }) => unitId))
  const root = list.data.items.find(({ unitId }) => unitId === me.organization.rootUnitId)
  return (
    <>
      <div className="page-head">
        <h1>{t('settings.calendar')}</h1>
        <Choose
          label={t('calendar.unit')}
          value={unit}
          options={me.units.map(({ id, name }) => ({
            value: id,
            label: own.has(id) ? t('calendar.hasOwn', { name }) : name,
          }))}
          onChange={(chosen) => void navigate({ search: { ...search, unit: chosen } })}
        />
      </div>
      <SettingsTabs />
      <div className="stack">
        {versions.length === 0 && <p className="soft">{t(root ? 'calendar.inherits' : 'calendar.none')}</p>}
        <div className="settings-cards">
          <CalendarForm
            key={`${unit} ${versions[0]?.version ?? 0}`}
            unitId={unit}
            start={versions[0] ?? root}
            first={versions.length === 0}
            today={today}
          />
          {own.size > 0 && <CalendarTester unit={unit} today={today} />}
        </div>
        {own.size > 0 && (
          <YearView
            unit={unit}
            year={year}
            lastKnownYear={list.data.lastKnownYear}
            onYear={(chosen) => void navigate({ search: { ...search, year: chosen } })}
          />
        )}
        {versions.length > 0 && (
          <>
            <h2>{t('versions.title')}</h2>
            <Grid
              caption={t('versions.title')}
              rows={versions}
              keyOf={({ version }) => String(version)}
              columns={[
                {
                  key: 'version',
                  title: t('standards.version'),
                  cell: ({ version }) => t('versions.number', { version }),
                },
                { key: 'day', title: t('standards.effectiveOn'), cell: ({ effectiveOn }) => effectiveOn },
                { key: 'reason', title: t('standards.reason'), wrap: true, cell: ({ reason }) => reason },
                { key: 'author', title: t('versions.author'), wide: true, cell: ({ author }) => author },
                {
                  key: 'at',
                  title: t('versions.publishedAt'),
                  wide: true,
                  cell: ({ publishedAt }) => stamp(publishedAt),
                },
              ]}
            />
          </>
        )}
      </div>
    </>
  )
}
