import { useQuery } from '@tanstack/react-query'
import { readFigures } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { firstDay, lastDay } from '../../ui/period.ts'
import { useWords } from '../../words.ts'
import FigureDrawer from './figure-drawer.tsx'
import type { Filters } from './filters.ts'
import type { Indicator } from './scorecard-table.tsx'

interface Props {
  indicator: Indicator
  period: string
  filters: Filters
  onClose: () => void
}

/** The drawer of a point of a chart: an address may open it, so its figure is read here. */
export default function OpenedFigure({ indicator, period, filters, onClose }: Props) {
  const { t, said } = useWords()
  const params = { code: indicator.measure }
  const span = { from: firstDay(period), to: lastDay(period) }
  const figure = useQuery({
    queryKey: ['figures', params, span, filters],
    queryFn: ({ signal }) => call(readFigures, { params, query: { ...span, ...filters }, signal }),
  }).data?.rows[0]
  if (!figure) return null
  return (
    <FigureDrawer
      figure={figure}
      name={indicator.name}
      measure={indicator.measure}
      unit={indicator.unit}
      period={period}
      filters={filters}
      aims={<span className="soft">{t('drawer.target', { target: said(indicator.target.text) })}</span>}
      onClose={onClose}
    />
  )
}
