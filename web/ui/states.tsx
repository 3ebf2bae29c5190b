import { Alert, Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { Refused } from '../call.ts'
import { useWords } from '../words.ts'
import './states.css'

/** Says why there is nothing, and offers the one next step. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children && <p className="soft">{children}</p>}
      {action && <div className="row state-action">{action}</div>}
    </div>
  )
}

/** The shape of what is coming; after ten seconds it says how long it has been at work. */
export function Loading({ rows = 4, onCancel }: { rows?: number; onCancel?: () => void }) {
  const { t } = useWords()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((s) => s + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className="loading" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <div key={i} className="loading-bar" />
      ))}
      {seconds >= 10 && (
        <p className="soft">
          {t('state.slow', { n: seconds })}
          {onCancel && (
            <Button type="link" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

/** What failed, how to go on, and the number support will ask for. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useWords()
  const problem = error instanceof Refused ? error.problem : undefined
  if (problem?.code === 'forbidden') return <NoPermission detail={problem.detail} />
  const request = problem?.request
  return (
    <Alert
      type="error"
      showIcon
      title={t(problem?.status === 404 ? 'state.notFound' : 'state.failed')}
      description={
        <>
          <Detail error={error} />
          <div className="row state-action">
            {onRetry && (
              <Button size="small" onClick={onRetry}>
                {t('action.retry')}
              </Button>
            )}
            {request && (
              <Button
                size="small"
                onClick={() => void navigator.clipboard?.writeText(`${problem.code} ${request}`)}
              >
                {t('action.copyDiagnosis', { id: request })}
              </Button>
            )}
          </div>
        </>
      }
    />
  )
}

/** The sentence of a refusal with its places; a broken answer gets a sentence of ours. */
export function Detail({ error }: { error: unknown }) {
  const { t } = useWords()
  const problem = error instanceof Refused ? error.problem : undefined
  if (!problem || problem.status === 0) return <p>{t('state.unanswered')}</p>
  if (problem.code === 'bad_answer') return <p>{t('state.badAnswer', { status: problem.status })}</p>
  return (
    <>
      <p>{problem.detail}</p>
      {problem.errors && problem.errors.length > 0 && (
        <ul className="places">
          {problem.errors.map((place) => (
            <li key={`${place.path} ${place.message}`}>
              <code>{place.path}</code> {place.message}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

export function NoPermission({ detail }: { detail?: string }) {
  const { t } = useWords()
  return (
    <Empty
      title={t('state.noPermission')}
      action={<Button onClick={() => history.back()}>{t('action.back')}</Button>}
    >
      {detail ?? t('state.askAdministrator')}
    </Empty>
  )
}
