import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { readDistribution } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import type { Bars } from '../../ui/chart/picture.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Filters } from './filters.ts'

type Bin = z.output<typeof readDistribution.reply>['bins'][number]

interface Props {
  measure: string
  unit: string
  span: { from: string; to: string } & Filters
}

/** How the records behind the number are spread: the mean of two heaps is in neither. */
export function DistributionChart({ measure, unit, span }: Props) {
  const { t } = useWords()
  const { value, count, percent } = useNumbers()
  const params = { code: measure }
  const asked = useQuery({
    queryKey: ['distribution', params, span],
    queryFn: ({ signal }) => call(readDistribution, { params, query: span, signal }),
  })
  const { bins = [], records = 0 } = asked.data ?? {}
  if (bins.length < 2) return null
  const picture: Bars = {
    kind: 'bars',
    format: count,
    points: bins.map((bin) => ({ name: nameOf(bin), value: bin.n, marked: bin.inNumerator === false })),
  }
  const rows = bins.map((bin) => [nameOf(bin), count(bin.n), percent(bin.n / records)])
  const most = bins.reduce((high, bin) => (bin.n > high.n ? bin : high))
  const finding = t('spread.most', { name: nameOf(most), share: percent(most.n / records) })
  const subtitle = t('spread.of', { n: count(records) })
  return (
    <Chart
      title={finding}
      subtitle={subtitle}
      summary={`${finding}. ${subtitle}. ${rows.map(([name, n]) => `${name} ${n}`).join(', ')}`}
      picture={picture}
      table={{ heads: [t('chart.value'), t('spread.records'), t('spread.share')], rows }}
    />
  )

  function nameOf({ from, to, inNumerator }: Bin): string {
    if (inNumerator !== null) return t(inNumerator ? 'measured.in' : 'measured.out')
    if (from === null) return '—'
    if (to === null) return t('spread.from', { from: value(from, unit) })
    return from === to ? value(from, unit) : `${value(from, unit)}–${value(to, unit)}`
  }
}
