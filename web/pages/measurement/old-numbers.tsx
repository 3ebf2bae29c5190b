import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { readFeeds } from '../../../contract/measurement.ts'
import { call, Refused } from '../../call.ts'
import { useMe } from '../../session.ts'
import { StaleBar } from '../../ui/stale-bar.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Live } from './figure-events.ts'

interface Props {
  live: Live
  /** Why the numbers below could not be read again; they stay as they were. */
  error: unknown
  measuredAt: string | null | undefined
  onRetry: () => void
}

/** Says that the numbers below are old, since when and why: the line to the server, its answer, or a source of data. */
export function OldNumbers({ live, error, measuredAt, onRetry }: Props) {
  const { t, said } = useWords()
  const me = useMe()
  const { stamp } = useNumbers()
  const feeds = useQuery({ queryKey: ['feeds'], queryFn: () => call(readFeeds, {}), staleTime: 60_000 })
  return (
    <>
      {live.lostAt ? (
        <StaleBar
          since={measuredAt}
          why={t('stale.connection', { since: stamp(live.lostAt.toISOString()) })}
          onRetry={onRetry}
        />
      ) : (
        error !== null && <StaleBar since={measuredAt} why={reasonOf(error)} onRetry={onRetry} />
      )}
      {feeds.data?.failing.map((feed) => (
        <StaleBar
          key={feed.source}
          since={feed.goodAt}
          why={
            <>
              {t('stale.feed', { source: feed.source, since: stamp(feed.failingSince) })}{' '}
              {feed.reason && said(feed.reason)}{' '}
              {me.can.import && (
                <Link to="/records/import" search={{}}>
                  {t('stale.toImports')}
                </Link>
              )}
            </>
          }
        />
      ))}
    </>
  )

  function reasonOf(thrown: unknown): string {
    return thrown instanceof Refused && thrown.problem.detail !== ''
      ? thrown.problem.detail
      : t('stale.unanswered')
  }
}
