import { useQuery } from '@tanstack/react-query'
import { readFigures } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { firstDay, lastDay } from '../../ui/period.ts'
import { useWords } from '../../words.ts'
import FigureDrawer from './figure-drawer.tsx'
import { type Filters, rowOf, type Split } from './filters.ts'
import { useMemberName } from './member-name.ts'
import type { Indicator } from './scorecard-table.tsx'

interface Props {
  indicator: Indicator
  period: string
  filters: Filters
  /** The row of a split that was opened. */
  row?: { by: Split; member: string } | undefined
  onClose: () => void
}

/** The drawer of a point of a chart: an address may open it, so its figure is read here. */
export default function OpenedFigure({ indicator, period, filters: outer, row, onClose }: Props) {
  const { t, said } = useWords()
  const memberName = useMemberName()
  const filters = row ? { ...outer, ...rowOf(row.by, row.member, outer) } : outer
  const params = { code: indicator.measure }
  const span = { from: firstDay(period), to: lastDay(period) }
  // Split as the row was, the answer carries the member's name.
  const query = { ...span, ...filters, ...(row && { by: row.by }) }
  const figures = useQuery({
    queryKey: ['figures', params, query],
    queryFn: ({ signal }) => call(readFigures, { params, query, signal }),
  }).data?.rows
  const figure = row ? figures?.find(({ member }) => member === row.member) : figures?.[0]
  if (!figure) return null
  return (
    <FigureDrawer
      figure={figure}
      name={indicator.name}
      of={row && memberName(row.by, figure)}
      measure={indicator.measure}
      unit={indicator.unit}
      period={period}
      filters={filters}
      aims={<span className="soft">{t('drawer.target', { target: said(indicator.target.text) })}</span>}
      onClose={onClose}
    />
  )
}
