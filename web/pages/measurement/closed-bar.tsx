import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Scorecard } from '../../../contract/measurement.ts'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { periodQuery } from './queries.ts'
import '../../ui/link-button.css'
import './closed-bar.css'

interface Props {
  card: Scorecard
  unit: string | undefined
  live: boolean
  /** Said where charts beside the figure follow the records of now. */
  beside?: string
  onLive: (copy: 'live' | undefined) => void
}

/** Of a closed period: which copy is shown, whether the records say something else by now, and the way to either. */
export function ClosedBar({ card, unit, live, beside, onLive }: Props) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  const closed = card.state === 'closed' || card.state === 'restated'
  const asked = useQuery({ ...periodQuery(card.period, unit), enabled: closed })
  if (!closed) return null
  const { copy } = card
  const newest = asked.data?.copies[0]?.number ?? 0
  const moved = asked.data?.moved ?? 0
  if (!copy && !live)
    return (
      <p className="closed-bar" role="status">
        {t('closed.none')}
      </p>
    )
  return (
    <div className="closed-bar" role="status">
      {copy ? (
        <>
          <Mark kind="good" word={t('closed.copy', { n: copy.number })} />
          <span className="soft small">{t('closed.made', { at: stamp(copy.madeAt), by: copy.by })}</span>
        </>
      ) : (
        <Mark kind="warn" word={t('closed.live')} />
      )}
      {copy && copy.number < newest && (
        <button type="button" className="link-button" onClick={() => onLive(undefined)}>
          {t('closed.older', { n: newest })}
        </button>
      )}
      {moved > 0 && (
        <Link to="/board/periods" search={{ open: card.period, copy: 'live' }}>
          {t('closed.moved', { n: moved })}
        </Link>
      )}
      {copy && moved > 0 && beside && <span className="soft small">{beside}</span>}
      <button type="button" className="link-button" onClick={() => onLive(copy ? 'live' : undefined)}>
        {t(copy ? 'closed.toLive' : 'closed.toCopy')}
      </button>
    </div>
  )
}
