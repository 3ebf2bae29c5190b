import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { type Figure, type Measure, readFigures, type Scorecard } from '../../../contract/measurement.ts'
import { call, Refused } from '../../call.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { type Filters, rowOf } from './filters.ts'
import { heatOf, worstOf } from './heat-order.ts'
import { useMemberName } from './member-name.ts'
import type { Indicator } from './scorecard-table.tsx'
import './heat-map.css'

interface Props {
  indicator: Indicator
  measure: Measure
  card: Scorecard
  filters: Filters
  /** whether this reader may open records */
  opens: boolean
  all: boolean
  onAll: () => void
}

const mostShown = 15
const split = { by: 'product', across: 'category' } as const
const splitOnce: ReadonlySet<string> = new Set(['customers_split_once', 'people_split_once'])

/** Which product with which kind of problem? Each pair's value in its cell, and its records behind it. */
export default function HeatMap({ indicator, measure, card, filters, opens, all, onAll }: Props) {
  const { t, said } = useWords()
  const { value, bothEnds, count } = useNumbers()
  const period = usePeriodName()
  const memberName = useMemberName()
  const params = { code: measure.code }
  const span = { from: card.from, to: card.to }
  const asked = useQuery({
    queryKey: ['figures', params, span, split, filters],
    queryFn: ({ signal }) => call(readFigures, { params, query: { ...span, ...split, ...filters }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  // Customers and people are split one way alone: such a measure has no heat map.
  if (asked.error instanceof Refused && splitOnce.has(asked.error.problem.code)) return null
  if (asked.error) return <Failure error={asked.error} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <Loading shape="chart" />
  const figures = asked.data.rows
  const heat = heatOf(figures)
  const rows = all ? heat.rows : heat.rows.slice(0, mostShown)
  const columns = all ? heat.columns : heat.columns.slice(0, mostShown)
  const worst = worstOf(figures, measure.better)
  const names = new Map(figures.map(({ member, memberName: name }) => [member, name]))
  const productName = (member: string | null) =>
    memberName('product', { member, memberName: names.get(member) ?? null })
  const categoryName = (member: string | null) => memberName('category', { member, memberName: member })
  const finding = findingOf()
  const subtitle = t('heat.of', { name: said(indicator.name), period: period(card.period) })
  const few = figures.filter(({ state }) => state === 'few').length
  const counts = { rows: heat.rows.length, columns: heat.columns.length, cells: figures.length, few }
  return (
    <Chart
      title={finding}
      subtitle={subtitle}
      summary={`${finding}. ${subtitle}. ${t('heat.summary', counts)}`}
      table={{
        heads: [t('heat.pair'), t('chart.value'), t('chart.interval'), 'n'],
        rows: rows.flatMap((row) =>
          columns.flatMap((column) => {
            const figure = heat.at(row, column)
            return figure ? [twinRow(figure)] : []
          }),
        ),
      }}
      note={
        <>
          {figures.length === 0 && <Empty title={t('heat.nothing')} />}
          {few > 0 && <span>{t('heat.few')}</span>}
          {figures.some(({ state }) => state === 'incomputable') && <span>{t('heat.lacks')}</span>}
          {figures.length > 0 && <span>{t('heat.none')}</span>}
          {(rows.length < heat.rows.length || columns.length < heat.columns.length) && (
            <span>
              {t('heat.shown', {
                rows: rows.length,
                columns: columns.length,
                allRows: heat.rows.length,
                allColumns: heat.columns.length,
              })}{' '}
              <Button type="link" size="small" onClick={onAll}>
                {t('indicator.showAll')}
              </Button>
            </span>
          )}
        </>
      }
    >
      {figures.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
        <section className="heat" aria-label={t('heat.pair')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('heat.corner')}</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {categoryName(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row}>
                  <th scope="row">{productName(row)}</th>
                  {columns.map((column) => cell(row, column))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Chart>
  )

  function cell(row: string, column: string) {
    const figure = heat.at(row, column)
    if (!figure || figure.state === 'none') return <td key={column} />
    const isFew = figure.state === 'few'
    const shown = figure.value === null ? '?' : value(figure.value, measure.unit)
    const text = (
      <>
        {shown}
        {isFew && <span className="unseen"> {t('heat.fewSaid')}</span>}
      </>
    )
    const search = {
      ...span,
      ...filters,
      ...rowOf('product', row, filters),
      ...rowOf('category', column, filters),
    }
    return (
      <td
        key={column}
        className="number"
        data-heat={figure.state === 'ok' ? heat.step(figure) : figure.state}
        title={`${productName(row)} × ${categoryName(column)}: ${shown}, n=${count(figure.n)}`}
      >
        {opens && figure.records > 0 ? (
          <Link to="/records/measure/$code" params={params} search={search}>
            {text}
          </Link>
        ) : (
          text
        )}
      </td>
    )
  }

  function twinRow({ member, across, value: is, interval, n }: Figure): string[] {
    return [
      `${productName(member)} × ${categoryName(across ?? null)}`,
      is === null ? '—' : value(is, measure.unit),
      interval ? bothEnds(interval, measure.unit) : '—',
      count(n),
    ]
  }

  function findingOf(): string {
    if (figures.length === 0) return t('heat.nothing')
    if (!worst || worst.value === null) return t('heat.noneFirm')
    return t('heat.worst', {
      product: productName(worst.member),
      category: categoryName(worst.across ?? null),
      value: value(worst.value, measure.unit),
      n: count(worst.n),
    })
  }
}
