import type { Scorecard } from '../../../contract/measurement.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import './figure-value.css'

type Shown = Pick<
  Scorecard['indicators'][number],
  'value' | 'unit' | 'interval' | 'state' | 'missing' | 'n' | 'name'
>

interface Props {
  figure: Shown
  onOpen: () => void
  onRetry: () => void
}

/** Five states, five looks: a number, a doubtful number, nothing happened, not computable, broken. Never a made-up 0. */
export function FigureValue({ figure, onOpen, onRetry }: Props) {
  const { t, said, label } = useWords()
  const { value, interval, bothEnds, count } = useNumbers()
  if (figure.state === 'failed')
    return (
      <button type="button" className="chip chip-failed" onClick={onRetry} title={t('action.retry')}>
        {t('figure.failed')}
      </button>
    )
  if (figure.state === 'incomputable')
    return (
      <button type="button" className="chip chip-missing" onClick={onOpen}>
        <b>{t('figure.incomputable')}</b>
        {figure.missing.length > 0 && ` ${figure.missing.map((field) => label('field', field)).join(', ')}`}
      </button>
    )
  if (figure.value === null)
    return (
      <span className="soft" title={t('figure.none')}>
        —
      </span>
    )
  const few = figure.state === 'few'
  const shown = value(figure.value, figure.unit)
  return (
    <span className="figure">
      {few && <span className="chip chip-few">{t('figure.few', { n: count(figure.n) })}</span>}
      <button
        type="button"
        className={few ? 'door figure-few' : 'door figure-value'}
        aria-label={t('figure.open', { name: said(figure.name), value: shown })}
        onClick={onOpen}
      >
        {shown}
      </button>
      {figure.interval && (
        <span
          className="soft small number"
          title={t('figure.interval', { ends: bothEnds(figure.interval, figure.unit) })}
        >
          {interval(figure.value, figure.interval, figure.unit)}
        </span>
      )}
    </span>
  )
}
