import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Problem } from '../../contract/route.ts'
import { Refused } from '../call.ts'
import { useWords } from '../words.ts'
import { copy } from './copy.ts'
import { Mark } from './mark.tsx'
import { NoPermission } from './no-permission.tsx'
import './states.css'

export { Loading } from './loading.tsx'
export { NoPermission } from './no-permission.tsx'

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

/** What failed, how to go on, and the number support will ask for. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useWords()
  const problem = error instanceof Refused ? error.problem : undefined
  if (problem?.code === 'forbidden') return <NoPermission detail={problem.detail} />
  const request = problem?.request
  return (
    <section className="failure" role="alert">
      <Mark kind="bad" word={t(problem?.status === 404 ? 'state.notFound' : 'state.failed')} />
      <Detail error={error} />
      {request && <p className="soft small">{t('state.requestNumber', { id: request })}</p>}
      <div className="row">
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        )}
        {request && (
          <Button size="small" onClick={() => copy(diagnosis(problem), t('state.diagnosisCopied'), t)}>
            {t('action.copyDiagnosis')}
          </Button>
        )}
      </div>
    </section>
  )
}

/** What support needs to find the line in the log; no personal data. */
const diagnosis = ({ code, status, request }: Problem): string =>
  [code, status, request, new Date().toISOString(), location.pathname, navigator.userAgent].join(' | ')

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
