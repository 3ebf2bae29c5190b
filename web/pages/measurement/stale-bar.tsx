import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { readFeeds } from '../../../contract/measurement.ts'
import { call, Refused } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Live } from './figure-events.ts'
import './stale-bar.css'

interface Props {
  live: Live
  /** Why the numbers below could not be read again; they stay as they were. */
  error: unknown
  measuredAt: string | null | undefined
  onRetry: () => void
}

/** Says that the numbers below are old, since when and why. It never takes them away. */
export function StaleBar({ live, error, measuredAt, onRetry }: Props) {
  const { t, said } = useWords()
  const me = useMe()
  const { stamp } = useNumbers()
  const feeds = useQuery({ queryKey: ['feeds'], queryFn: () => call(readFeeds, {}), staleTime: 60_000 })
  const at = measuredAt ? stamp(measuredAt) : '—'
  const retry = (
    <Button size="small" onClick={onRetry}>
      {t('action.retry')}
    </Button>
  )
  return (
    <>
      {live.lostAt ? (
        <Bar action={retry}>{t('stale.connection', { at, since: stamp(live.lostAt.toISOString()) })}</Bar>
      ) : (
        error !== null && (
          <Bar action={retry}>
            {t('stale.error', { at, why: error instanceof Refused ? error.problem.detail : '' })}
          </Bar>
        )
      )}
      {feeds.data?.failing.map((feed) => (
        <Bar
          key={feed.source}
          action={
            me.can.import && (
              <Link to="/records/import" search={{}}>
                {t('stale.toImports')}
              </Link>
            )
          }
        >
          {t(feed.goodAt ? 'stale.feed' : 'stale.feedNever', {
            source: feed.source,
            at: feed.goodAt ? stamp(feed.goodAt) : '',
            since: stamp(feed.failingSince),
            why: feed.reason ? said(feed.reason) : '',
          })}
        </Bar>
      ))}
    </>
  )
}

const Bar = ({ children, action }: { children: string; action: ReactNode }) => (
  <div className="stale" role="status">
    <Mark kind="warn" word={children} />
    {action}
  </div>
)
