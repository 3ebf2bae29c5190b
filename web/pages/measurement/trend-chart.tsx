import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Figure, type Measure, readFigures } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import type { Trend } from '../../ui/chart/picture.ts'
import { firstDay, type Grain, grainsShown, lastDay, periodOf, stepped } from '../../ui/period.ts'
import { usePeriodName } from '../../ui/period-name.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { controlOf } from './control.ts'
import type { Filters } from './filters.ts'
import type { Indicator } from './scorecard-table.tsx'
import { apart, streak, turn } from './trend-words.ts'

interface Props {
  indicator: Indicator
  measure: Measure
  /** The last period shown. */
  period: string
  grain: Grain
  filters: Filters
  onGrain: (grain: Grain) => void
  onOpen: ((figure: Figure) => void) | undefined
}

/** Enough to see a season and, from 12 on, to draw limits. */
const shown: Record<Grain, number> = { day: 31, week: 26, month: 12, quarter: 8, year: 5 }

/** Better or worse? The value over time with its doubt, its target, and limits once there are points enough. */
export function TrendChart({ indicator, measure, period, grain, filters, onGrain, onOpen }: Props) {
  const { t, said } = useWords()
  const { value, difference, bothEnds, count } = useNumbers()
  const name = usePeriodName()
  const last = periodOf(grain, lastDay(period))
  const span = { from: firstDay(stepped(last, 1 - shown[grain])), to: lastDay(last) }
  const params = { code: measure.code }
  const asked = useQuery({
    queryKey: ['figures', params, span, grain, filters],
    queryFn: ({ signal }) => call(readFigures, { params, query: { ...span, grain, ...filters }, signal }),
    placeholderData: keepPreviousData,
  })
  if (asked.error) return <Failure error={asked.error} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <Loading shape="chart" />
  const figures = afterTheFirst(asked.data.rows)
  const { unit } = measure
  const control = controlOf(figures)
  const target = { value: indicator.target.value, text: said(indicator.target.text) }
  const picture: Trend = {
    kind: 'trend',
    format: (amount) => value(amount, unit),
    bounds: unit === '%' ? { low: 0, high: 100 } : {},
    target,
    centre: control && {
      value: control.centre,
      text: t(control.pairs.length > 0 ? 'indicator.mean' : 'indicator.median'),
    },
    limits: control && control.pairs.length > 0 ? control : undefined,
    points: figures.map((figure, place) => ({
      name: name(figure.period),
      value: figure.value,
      interval: figure.interval,
      hollow: figure.provisional || figure.state === 'few',
      signal: control?.beyond.includes(place) ?? false,
    })),
  }
  const rows = figures.map((figure) => [
    name(figure.period),
    figure.value === null ? '—' : value(figure.value, unit),
    figure.interval ? bothEnds(figure.interval, unit) : '—',
    count(figure.n),
  ])
  const finding = findingOf(figures)
  const subtitle = t('indicator.trendOf', {
    name: said(indicator.name),
    from: name(figures[0]?.period ?? last),
    to: name(last),
  })
  return (
    <Chart
      title={finding}
      subtitle={subtitle}
      summary={`${finding}. ${subtitle}. ${t('indicator.targetLine', { target: target.text })}. ${rows
        .map((row) => `${row[0]} ${row[1]}`)
        .join(', ')}`}
      picture={picture}
      table={{ heads: [t('chart.period'), t('chart.value'), t('chart.interval'), 'n'], rows }}
      onOpen={onOpen && ((place) => figures[place] && onOpen(figures[place]))}
      note={<Notes />}
      actions={<Grains value={grain} onChange={onGrain} />}
    />
  )

  function findingOf(all: Figure[]): string {
    if (all.every((one) => one.value === null)) return t('indicator.noTrend')
    const run = streak(
      all.map((one) => one.value),
      measure.better as 'lower',
    )
    if (run.periods >= 3)
      return t(run.way > 0 ? 'indicator.streakBetter' : 'indicator.streakWorse', { n: run.periods })
    const [before, now] = [all.at(-2), all.at(-1)]
    if (before?.value == null || now?.value == null) return t('indicator.trend')
    if (!apart(before, now)) return t('indicator.noClearChange')
    const better = turn(before.value, now.value, measure.better as 'lower') > 0
    return t(better ? 'indicator.clearlyBetter' : 'indicator.clearlyWorse', {
      change: difference(Math.abs(now.value - before.value), unit),
    })
  }

  function Notes() {
    const beyond =
      control?.beyond.flatMap((place) => (figures[place] ? [name(figures[place].period)] : [])) ?? []
    return (
      <>
        <span>{t('indicator.band')}</span>
        {picture.points.some(({ hollow }) => hollow) && <span>{t('indicator.hollow')}</span>}
        {!picture.limits && <span>{t('indicator.runChart')}</span>}
        {picture.limits && (
          <span>{t(picture.limits.tentative ? 'indicator.limitsTentative' : 'indicator.limits')}</span>
        )}
        {beyond.length > 0 && <span>{t('indicator.signals', { periods: beyond.join(', ') })}</span>}
      </>
    )
  }
}

/** Periods before the first record are not drawn: there was nothing to measure yet. */
function afterTheFirst(figures: Figure[]): Figure[] {
  const first = figures.findIndex(({ value }) => value !== null)
  return first < 0 ? figures.slice(-1) : figures.slice(first)
}

function Grains({ value, onChange }: { value: Grain; onChange: (grain: Grain) => void }) {
  const { t, label } = useWords()
  return (
    <fieldset className="grains" aria-label={t('indicator.grain')}>
      {grainsShown.map((grain) => (
        <button key={grain} type="button" aria-pressed={grain === value} onClick={() => onChange(grain)}>
          {label('grain', grain)}
        </button>
      ))}
    </fieldset>
  )
}
