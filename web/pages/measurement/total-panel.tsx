import type { Scorecard } from '../../../contract/measurement.ts'
import { usePeriodName } from '../../ui/period-name.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** The total with its way here, and the score of each dimension by the weights of its indicators. */
export function TotalPanel({ card }: { card: Scorecard }) {
  const { t, label } = useWords()
  const { total, score } = useNumbers()
  const name = usePeriodName()
  const told = card.totals
    .map((one) => `${name(one.period)} ${one.total === null ? '—' : total(one.total)}`)
    .join(', ')
  return (
    <section className="panel total" aria-label={t('board.total')}>
      <div className="total-main">
        <h2 className="soft small">
          {t('board.total')}
          {card.state === 'open' && <span className="tag">{t('board.open')}</span>}
          {card.copy && <span className="tag">{t('board.closed')}</span>}
        </h2>
        <p className="total-number number">
          {card.total === null ? '—' : total(card.total)}
          <span className="soft"> /10</span>
        </p>
        <Change totals={card.totals} />
      </div>
      <figure className="total-trend">
        <Sparkline values={card.totals.map((one) => one.total)} label={told} width={216} height={56} />
        <figcaption className="soft small">{t('board.lastPeriods', { n: card.totals.length })}</figcaption>
      </figure>
      <dl className="dimensions">
        {dimensionsOf(card).map((one) => (
          <div key={one.dimension}>
            <dt className="soft small">{label('dimension', one.dimension)}</dt>
            <dd className="number">{one.score === null ? '—' : score(one.score)}</dd>
            <dd className="dimension-bar" aria-hidden="true">
              <svg width="100%" height="4" aria-hidden="true">
                <rect className="dimension-track" width="100%" height="4" rx="2" />
                <rect className="dimension-fill" width={`${(one.score ?? 0) * 10}%`} height="4" rx="2" />
              </svg>
            </dd>
          </div>
        ))}
      </dl>
      {card.leftOut.length > 0 && card.total !== null && (
        <p className="soft small total-note">
          {t('board.leftOut', { n: card.leftOut.length, weight: card.baseWeight })}
        </p>
      )}
    </section>
  )
}

function Change({ totals }: { totals: Scorecard['totals'] }) {
  const { t } = useWords()
  const { total } = useNumbers()
  const [earlier, now] = [totals.at(-2)?.total, totals.at(-1)?.total]
  if (earlier === null || earlier === undefined || now === null || now === undefined)
    return <p className="soft small">{t('board.noEarlier')}</p>
  const change = now - earlier
  const key = Math.abs(change) < 0.005 ? 'board.same' : change > 0 ? 'board.better' : 'board.worse'
  return <p className="small number">{t(key, { n: total(Math.abs(change)) })}</p>
}

/** Weighted as the total is: Σ weight × score ÷ weight counted, within the dimension. For display only. */
function dimensionsOf({ indicators }: Scorecard): { dimension: string; score: number | null }[] {
  return [...Map.groupBy(indicators, ({ dimension }) => dimension)].map(([dimension, rows]) => {
    const scored = rows.filter((row) => row.score !== null)
    const weight = scored.reduce((sum, row) => sum + row.weight, 0)
    const points = scored.reduce((sum, row) => sum + row.weight * (row.score ?? 0), 0)
    return { dimension, score: weight > 0 ? points / weight : null }
  })
}
