import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { readRecords, type Scorecard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Filters } from './filters.ts'
import { MeasuredGrid } from './measured-grid.tsx'
import type { Indicator } from './scorecard-table.tsx'

interface Props {
  card: Scorecard
  indicator: Indicator
  filters: Filters
  reads: boolean
}

const shown = 20

/** The first of the records behind the number, and what was left out of it. */
export function IndicatorRecords({ card, indicator, filters, reads }: Props) {
  const { t } = useWords()
  const { count } = useNumbers()
  const params = { code: indicator.measure }
  const span = { from: card.from, to: card.to, ...filters }
  const records = useQuery({
    queryKey: ['records', params, span, shown],
    queryFn: ({ signal }) => call(readRecords, { params, query: { ...span, limit: shown }, signal }),
    placeholderData: keepPreviousData,
    enabled: reads,
  })
  if (!reads) return <p className="soft">{t('drawer.noRecords', { n: count(indicator.records) })}</p>
  if (records.error) return <Failure error={records.error} onRetry={() => void records.refetch()} />
  if (!records.data) return <Loading />
  const { items, total, excluded } = records.data
  return (
    <section className="stack" aria-label={t('measured.caption')}>
      <div className="row">
        <h2>{t('drawer.records', { n: count(total ?? items.length) })}</h2>
        {items.length < (total ?? 0) && (
          <span className="soft small">{t('drawer.first', { n: items.length })}</span>
        )}
        {excluded.length > 0 && (
          <span className="soft small">
            {t('definition.excluded')} {excluded.map(({ reason, n }) => `${reason} ${count(n)}`).join(' · ')}
          </span>
        )}
        <span className="grow" />
        <Link to="/records/measure/$code" params={params} search={span}>
          {t('drawer.openAll')}
        </Link>
      </div>
      <MeasuredGrid records={items} />
    </section>
  )
}
