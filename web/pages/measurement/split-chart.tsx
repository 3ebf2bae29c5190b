import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type Figure, type Measure, readFigures, type Scorecard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import type { Dots } from '../../ui/chart/picture.ts'
import { Choose } from '../../ui/choose.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { type Filters, type Split, splits } from './filters.ts'
import { useMemberName } from './member-name.ts'
import type { Indicator } from './scorecard-table.tsx'
import { clearlyShort, inOrder, lowest } from './split-order.ts'
import { apart } from './trend-words.ts'

interface Props {
  indicator: Indicator
  measure: Measure
  card: Scorecard
  filters: Filters
  by: Split
  all: boolean
  /** Records of the figure that is split; undefined while it is read. */
  whole: number | undefined
  onBy: (by: Split) => void
  onAll: () => void
  onOpen: ((figure: Figure) => void) | undefined
}

const mostShown = 16

/** Who is high, who is low? Each member with its interval and n, the one that needs attention first. */
export function SplitChart({
  indicator,
  measure,
  card,
  filters,
  by,
  all,
  whole,
  onBy,
  onAll,
  onOpen,
}: Props) {
  const { t, said, label } = useWords()
  const { value, bothEnds, count } = useNumbers()
  const period = usePeriodName()
  const memberName = useMemberName()
  const me = useMe()
  const params = { code: measure.code }
  const span = { from: card.from, to: card.to }
  const asked = useQuery({
    queryKey: ['figures', params, span, by, filters],
    queryFn: ({ signal }) => call(readFigures, { params, query: { ...span, by, ...filters }, signal }),
    placeholderData: keepPreviousData,
  })
  if (asked.error) return <Failure error={asked.error} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <Loading shape="chart" />
  const { unit } = measure
  const parents = new Map(me.units.map(({ id, parentId }) => [id, parentId]))
  const { rows: read } = asked.data
  const members = inOrder(by === 'unit' ? lowest(read, parents) : read, measure.better as 'lower')
  // A record without agent, category or the like stands in no row: the rows then hold less than the whole.
  const unplaced = (whole ?? 0) - read.reduce((sum, { n }) => sum + n, 0)
  const figures = all ? members : members.slice(0, mostShown)
  const nameOf = (figure: Figure) => memberName(by, figure)
  const target = { value: indicator.target.value, text: said(indicator.target.text) }
  const picture: Dots = {
    kind: 'dots',
    format: (amount) => value(amount, unit),
    bounds: unit === '%' ? { low: 0, high: 100 } : {},
    target,
    points: figures.map((figure) => ({
      name: `${nameOf(figure)}  n=${count(figure.n)}`,
      value: figure.value,
      interval: figure.interval,
      hollow: figure.state === 'few',
      pale: figure.state === 'few',
    })),
  }
  const firm = members.filter(({ state }) => state !== 'few')
  const short = clearlyShort(members, indicator.target)
  const finding = findingOf()
  const subtitle = t('indicator.splitOf', { name: said(indicator.name), period: period(card.period) })
  const rows = figures.map((figure) => [
    nameOf(figure),
    figure.value === null ? '—' : value(figure.value, unit),
    figure.interval ? bothEnds(figure.interval, unit) : '—',
    count(figure.n),
  ])
  const choice = (
    <Choose
      label={t('indicator.by')}
      value={by}
      options={splits.map((one) => ({
        value: one,
        label: t('indicator.byHead', { by: label('filter', one) }),
      }))}
      onChange={(chosen) => onBy((chosen as Split | undefined) ?? 'unit')}
    />
  )
  return (
    <Chart
      title={finding}
      subtitle={subtitle}
      summary={`${finding}. ${subtitle}. ${rows.map(([name, is, , n]) => `${name} ${is} (n=${n})`).join(', ')}`}
      picture={picture}
      table={{ heads: [t('indicator.member'), t('chart.value'), t('chart.interval'), 'n'], rows }}
      onOpen={onOpen && ((place) => figures[place] && onOpen(figures[place]))}
      actions={choice}
      note={
        <>
          {figures.length === 0 && <Empty title={t('indicator.noSplit')} />}
          {figures.some(({ state }) => state === 'few') && <span>{t('indicator.fewLast')}</span>}
          {by !== 'unit' && whole !== undefined && !asked.isPlaceholderData && unplaced > 0 && (
            <span>{t('indicator.unplaced', { n: unplaced, by: label('filter', by) })}</span>
          )}
          {figures.length < members.length && (
            <span>
              {t('indicator.shownOf', { n: figures.length, of: members.length })}{' '}
              <Button type="link" size="small" onClick={onAll}>
                {t('indicator.showAll')}
              </Button>
            </span>
          )}
        </>
      }
    />
  )

  function findingOf(): string {
    if (members.length === 0) return t('indicator.noSplit')
    if (short) return t('indicator.worstClear', { name: nameOf(short) })
    const [worst, best] = [firm[0], firm.at(-1)]
    if (worst && best && apart(worst, best))
      return t('indicator.differ', { best: nameOf(best), worst: nameOf(worst) })
    return t('indicator.noneDiffers')
  }
}
