import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { Mark } from './mark.tsx'
import { useNumbers } from './use-numbers.ts'
import './stale-bar.css'

interface Props {
  /** Until when what is shown is right: an instant. Absent when nobody knows. */
  since?: string | null | undefined
  /** What does not answer, and since when. */
  why: ReactNode
  onRetry?: (() => void) | undefined
}

/** What is shown is the last that was good: the picture stays, and says that it is old. */
export function StaleBar({ since, why, onRetry }: Props) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  return (
    <div className="stale-bar" role="status">
      <Mark kind="warn" word={since ? t('state.stale', { at: stamp(since) }) : t('state.staleUnknown')} />
      <span>{why}</span>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </div>
  )
}
