import type { EChartsOption } from 'echarts'
import { ink, ruleAt, valueAxis } from './option-parts.ts'
import type { Trend } from './picture.ts'

/** Value and interval over time; hollow where it may still move; the target dashed, the limits quiet. */
export function trendOption(trend: Trend, at: number | null): EChartsOption {
  const { points, target, centre, limits, format } = trend
  const names = points.map(({ name }) => name)
  const ends = (place: 0 | 1) => points.map(({ interval }) => interval?.[place] ?? null)
  const rules = [
    ...(target ? [ruleAt('yAxis', target.value, target.text, 'target')] : []),
    ...(centre ? [ruleAt('yAxis', centre.value, centre.text, 'centre')] : []),
  ]
  const limit = (place: 0 | 1) => ({
    id: `limit-${place}`,
    type: 'line' as const,
    step: 'middle' as const,
    data: limits?.pairs.map((pair) => pair[place]) ?? [],
    symbol: 'none',
    silent: true,
    lineStyle: {
      color: ink.line,
      width: 1,
      type: limits?.tentative ? ('dashed' as const) : ('solid' as const),
    },
  })
  return {
    grid: {
      left: 8,
      right: 84,
      top: 16,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: names,
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: { color: ink.soft, hideOverlap: true },
    },
    yAxis: valueAxis(trend, [...points.flatMap(reach), ...(target ? [target.value] : [])], format),
    series: [
      // The band is drawn as a bare line at its foot with the width of the interval stacked on it.
      band('band-low', ends(0), false),
      band(
        'band-width',
        points.map(({ interval }) => (interval ? interval[1] - interval[0] : null)),
        true,
      ),
      limit(0),
      limit(1),
      {
        id: 'values',
        type: 'line',
        data: points.map((point, place) => ({
          value: point.value ?? '-',
          symbol: point.signal ? 'diamond' : 'circle',
          symbolSize: (point.signal ? 12 : 8) + (place === at ? 4 : 0),
          itemStyle: {
            color: point.hollow ? ink.panel : point.signal ? ink.bad : ink.series,
            borderColor: point.signal ? ink.bad : ink.series,
            borderWidth: 2,
          },
        })),
        showAllSymbol: points.length <= 62,
        lineStyle: { color: ink.series, width: 2 },
        z: 4,
        markLine: {
          silent: true,
          symbol: 'none',
          data: [...rules, ...(at === null ? [] : [ruleAt('xAxis', at, '', 'cursor')])],
        },
      },
    ],
  }
}

const band = (id: string, data: (number | null)[], filled: boolean) => ({
  id,
  type: 'line' as const,
  stack: 'band',
  stackStrategy: 'all' as const,
  data: data.map((value) => value ?? '-'),
  symbol: 'none',
  silent: true,
  lineStyle: { opacity: 0 },
  ...(filled && { areaStyle: { color: ink.series, opacity: 0.14, origin: 'auto' as const } }),
})

const reach = ({ value, interval }: Trend['points'][number]): number[] =>
  value === null ? [] : [value, ...(interval ?? [])]
