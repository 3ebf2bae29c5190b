import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

// The parts we draw with, and no others: the whole library is three times as large.
use([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  LineChart,
  MarkLineComponent,
  SVGRenderer,
  ScatterChart,
])

export type Engine = EChartsType

export const startEngine = (place: HTMLElement): Engine => init(place, null, { renderer: 'svg' })
