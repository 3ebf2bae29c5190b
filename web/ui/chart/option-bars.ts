import type { EChartsOption } from 'echarts'
import { ink } from './option-parts.ts'
import type { Bars } from './picture.ts'

/** Counts as columns from zero; marked ones lie past the target. */
export function barsOption({ points, format }: Bars, at: number | null): EChartsOption {
  return {
    grid: { left: 0, right: 8, top: 8, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: points.map(({ name }) => name),
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: { color: ink.soft, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 2,
      splitLine: { lineStyle: { color: ink.faint } },
      axisLabel: { color: ink.soft, formatter: format },
    },
    series: [
      {
        id: 'values',
        type: 'bar',
        barCategoryGap: '16%',
        data: points.map(({ value, marked }, place) => ({
          value,
          itemStyle: {
            color: marked ? ink.second : ink.series,
            opacity: at === null || at === place ? 1 : 0.65,
          },
        })),
      },
    ],
  }
}
