import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { explainFigure, readRecords, type Scorecard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { mayReadRecords, useMe } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { Definition } from './definition.tsx'
import { FigureValue } from './figure-value.tsx'
import { MeasuredGrid } from './measured-grid.tsx'
import type { Indicator } from './scorecard-table.tsx'

interface Props {
  card: Scorecard
  indicator: Indicator
  filters: { period: string; unit?: string | undefined; product?: string | undefined }
  onClose: () => void
}

const shown = 50

/** Why this number: its definition and version, how many records, and the first of them. */
export default function FigureDrawer({ card, indicator, filters, onClose }: Props) {
  const { t, said } = useWords()
  const me = useMe()
  const period = usePeriodName()
  const { count } = useNumbers()
  const reads = mayReadRecords(me)
  const params = { code: indicator.measure }
  const span = { from: card.from, to: card.to, unit: filters.unit, product: filters.product }
  const explanation = useQuery({
    queryKey: ['explanation', params, filters],
    queryFn: ({ signal }) => call(explainFigure, { params, query: filters, signal }),
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
          {said(indicator.name)} <span className="soft">{period(card.period)}</span>
        </span>
      }
    >
      <div className="stack">
        <div className="row">
          <FigureValue
            figure={indicator}
            onOpen={() => undefined}
            onRetry={() => void explanation.refetch()}
          />
          <span className="soft">{t('drawer.target', { target: said(indicator.target.text) })}</span>
          <span className="soft">{said(indicator.rule)}</span>
        </div>
        {explanation.data && <Definition explanation={explanation.data} />}
        {!reads && <NoPermission detail={t('drawer.noRecords', { n: count(indicator.records) })} />}
        {explanation.error && (
          <Failure error={explanation.error} onRetry={() => void explanation.refetch()} />
        )}
        {records.error && <Failure error={records.error} onRetry={() => void records.refetch()} />}
        {reads && records.isPending && <Loading />}
        {records.data && (
          <>
            <div className="row">
              <h3>{t('drawer.records', { n: count(records.data.total ?? indicator.records) })}</h3>
              {records.data.items.length < (records.data.total ?? 0) && (
                <span className="soft small">{t('drawer.first', { n: records.data.items.length })}</span>
              )}
              <span className="grow" />
              <Link to="/records/measure/$code" params={params} search={span}>
                {t('drawer.openAll')}
              </Link>
            </div>
            <MeasuredGrid records={records.data.items} unit={indicator.unit} />
          </>
        )}
      </div>
    </Dialog>
  )
}
