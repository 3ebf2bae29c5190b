import type { Measure } from '../../../contract/measurement.ts'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { FigureValue } from './figure-value.tsx'
import { useResponseRate } from './response-rate.ts'
import { type Indicator, markOf } from './scorecard-table.tsx'

interface Props {
  indicator: Indicator
  measure: Measure
  p90: number | null
  onOpen: () => void
}

/** The number of the period with what it is held against. */
export function IndicatorHead({ indicator, measure, p90, onOpen }: Props) {
  const { t, said, label } = useWords()
  const { value, score, plain, count } = useNumbers()
  const saidRate = useResponseRate()
  const { unit } = measure
  const kind = ['failed', 'incomputable'].includes(indicator.state) ? 'figure' : 'status'
  const facts: [string, string][] = [
    [t('board.target'), said(indicator.target.text)],
    [t('indicator.attainment'), indicator.attainment === null ? '—' : value(indicator.attainment, '%')],
    [t('board.score'), indicator.score === null ? '—' : score(indicator.score)],
    [t('board.weight'), plain(indicator.weight)],
    ['n', count(indicator.n)],
  ]
  if (indicator.p50 !== null) facts.push([t('indicator.median50'), value(indicator.p50, unit)])
  if (indicator.responseRate !== undefined)
    facts.push([t('responseRate.name'), saidRate(indicator.responseRate)])
  if (p90 !== null) facts.push([t('indicator.slow90'), value(p90, unit)])
  return (
    <section className="panel indicator-head" aria-label={said(indicator.name)}>
      <div className="indicator-now">
        <FigureValue figure={indicator} onOpen={onOpen} onRetry={onOpen} />
        <Mark
          kind={markOf(indicator)}
          word={kind === 'figure' ? label('figure', indicator.state) : label('status', indicator.status)}
        />
      </div>
      <dl className="indicator-facts">
        {facts.map(([head, text]) => (
          <div key={head}>
            <dt className="soft small">{head}</dt>
            <dd className="number">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
