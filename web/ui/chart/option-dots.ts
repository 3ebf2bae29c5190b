import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'
import { ink, ruleAt, valueAxis } from './option-parts.ts'
import type { Dots } from './picture.ts'

/** One line per member: a dot, and whiskers as wide as its interval. Dots need not begin at zero. */
export function dotsOption(dots: Dots, at: number | null): EChartsOption {
  const { points, target, format } = dots
  const colour = (place: number) => (points[place]?.pale ? ink.soft : ink.series)
  const whiskers: CustomSeriesRenderItem = (_params, api) => {
    const place = Number(api.value(2))
    const [x1 = 0, y = 0] = api.coord([api.value(0), place])
    const [x2 = 0] = api.coord([api.value(1), place])
    return {
      type: 'group',
      children: [
        line(x1, y, x2, y, colour(place)),
        line(x1, y - 4, x1, y + 4, colour(place)),
        line(x2, y - 4, x2, y + 4, colour(place)),
      ],
    }
  }
  return {
    grid: {
      left: 8,
      right: 24,
      top: 24,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      ...valueAxis(dots, [...reach(points), ...(target ? [target.value] : [])], format),
    } as EChartsOption['xAxis'] & object,
    yAxis: {
      type: 'category',
      inverse: true,
      data: points.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: ink.faint } },
      axisLabel: { color: ink.text, width: 150, overflow: 'truncate' },
    },
    series: [
      {
        id: 'whiskers',
        type: 'custom',
        silent: true,
        clip: true,
        renderItem: whiskers,
        data: points.flatMap(({ interval }, place) => (interval ? [[...interval, place]] : [])),
        encode: { x: [0, 1], y: 2 },
        z: 3,
      },
      {
        id: 'values',
        type: 'scatter',
        data: points.map((point, place) => ({
          value: [point.value ?? '-', place],
          symbolSize: place === at ? 15 : 11,
          itemStyle: {
            color: point.hollow ? ink.panel : colour(place),
            borderColor: colour(place),
            borderWidth: 2,
          },
        })),
        z: 4,
        markLine: {
          silent: true,
          symbol: 'none',
          data: target ? [targetRule(target)] : [],
        },
      },
    ],
  }
}

/** The axis of names runs downward, so the upper end of a rule is its start. */
function targetRule(target: { value: number; text: string }) {
  const rule = ruleAt('xAxis', target.value, target.text, 'target')
  return { ...rule, label: { ...rule.label, position: 'start' as const } }
}

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string) => ({
  type: 'line' as const,
  shape: { x1, y1, x2, y2 },
  style: { stroke, lineWidth: 1.5 },
})

/** What the scale must hold. The doubt about a few records is as wide as it likes: beside firm ones its whisker is cut off. */
function reach(points: Dots['points']): number[] {
  const someAreFirm = points.some(({ value, hollow }) => value !== null && !hollow)
  return points.flatMap(({ value, interval, hollow }) =>
    value === null ? [] : [value, ...(hollow && someAreFirm ? [] : (interval ?? []))],
  )
}
