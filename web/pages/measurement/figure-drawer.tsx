import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { explainFigure, type Figure, readRecords } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { mayReadRecords, useMe } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { firstDay, lastDay } from '../../ui/period.ts'
import { usePeriodName } from '../../ui/period-name.ts'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { ClosedNote } from './closed-note.tsx'
import { Definition } from './definition.tsx'
import { DistributionChart } from './distribution-chart.tsx'
import { FigureValue } from './figure-value.tsx'
import type { Filters } from './filters.ts'
import { MeasuredGrid } from './measured-grid.tsx'
import { useResponseRate } from './response-rate.ts'

interface Props {
  /** The number that was clicked. */
  figure: Pick<Figure, 'value' | 'interval' | 'state' | 'missing' | 'n' | 'records' | 'responseRate'>
  name: { zh: string; en: string }
  /** The one member of a split it stands for, by name. */
  of?: string | undefined
  measure: string
  unit: string
  period: string
  filters: Filters
  /** What it is held against, where it is held against something. */
  aims?: ReactNode
  onClose: () => void
}

const shown = 50

/** Why this number: its definition and version, how many records, and the first of them. */
export default function FigureDrawer(props: Props) {
  const { figure, name, of, measure, unit, period, filters, aims, onClose } = props
  const { t, said } = useWords()
  const me = useMe()
  const periodName = usePeriodName()
  const { count } = useNumbers()
  const saidRate = useResponseRate()
  const reads = mayReadRecords(me)
  const params = { code: measure }
  const span = { from: firstDay(period), to: lastDay(period), ...filters }
  const explanation = useQuery({
    queryKey: ['explanation', params, period, filters],
    queryFn: ({ signal }) => call(explainFigure, { params, query: { period, ...filters }, signal }),
    enabled: reads,
  })
  const records = useQuery({
    queryKey: ['records', params, span, shown],
    queryFn: ({ signal }) => call(readRecords, { params, query: { ...span, limit: shown }, signal }),
    enabled: reads,
  })
  return (
    <Dialog
      place="side"
      onClose={onClose}
      title={
        <span>
          {of ? `${said(name)} · ${of}` : said(name)} <span className="soft">{periodName(period)}</span>
        </span>
      }
    >
      <div className="stack">
        <div className="row">
          <FigureValue
            figure={{ ...figure, name, unit }}
            onOpen={() => undefined}
            onRetry={() => void explanation.refetch()}
          />
          {aims}
        </div>
        {figure.responseRate !== undefined && (
          <p className="soft">{t('responseRate.beside', { rate: saidRate(figure.responseRate) })}</p>
        )}
        {explanation.data && <ClosedNote explanation={explanation.data} />}
        <DistributionChart measure={measure} unit={unit} span={span} />
        {explanation.data && <Definition explanation={explanation.data} />}
        {!reads && <NoPermission detail={t('drawer.noRecords', { n: count(figure.records) })} />}
        {explanation.error && (
          <Failure error={explanation.error} onRetry={() => void explanation.refetch()} />
        )}
        {records.error && <Failure error={records.error} onRetry={() => void records.refetch()} />}
        {reads && records.isPending && <Loading />}
        {records.data && (
          <>
            <div className="row">
              <h3 data-count={records.data.total ?? undefined}>
                {t('drawer.records', { n: count(records.data.total ?? figure.records) })}
              </h3>
              {records.data.items.length < (records.data.total ?? 0) && (
                <span className="soft small">{t('drawer.first', { n: records.data.items.length })}</span>
              )}
              <span className="grow" />
              <Link to="/records/measure/$code" params={params} search={span}>
                {t('drawer.openAll')}
              </Link>
            </div>
            <MeasuredGrid records={records.data.items} />
          </>
        )}
      </div>
    </Dialog>
  )
}
