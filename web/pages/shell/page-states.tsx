import { type ErrorComponentProps, Link, useLocation, useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'

/** The piece of the page is still on its way: its shape is known from the address. */
export function PageLoading() {
  const { pathname } = useLocation()
  return <Loading shape={shapeAt(pathname)} rows={10} />
}

function shapeAt(pathname: string): 'board' | 'record' | 'table' | 'lines' {
  if (pathname === '/board') return 'board'
  if (/^\/records\/[\w-]+\/[\w-]+$/.test(pathname)) return 'record'
  return /^\/(records|standards|settings)/.test(pathname) ? 'table' : 'lines'
}

/** A page that broke is replaced alone: the menu above it stays. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const { t } = useWords()
  const router = useRouter()
  // A new build takes old pieces of the page away; only a fresh page finds the new ones.
  const stale = error instanceof Error && error.message.includes('dynamically imported module')
  const again = () => {
    if (stale) return location.reload()
    reset()
    void router.invalidate()
  }
  return (
    <div className="page">
      {stale ? (
        <Empty
          title={t('state.newVersion')}
          action={
            <Button type="primary" onClick={again}>
              {t('action.reload')}
            </Button>
          }
        />
      ) : (
        <Failure error={error} onRetry={again} />
      )}
    </div>
  )
}

export function PageMissing() {
  const { t } = useWords()
  return (
    <div className="page">
      <Empty title={t('state.noPage')} action={<Link to="/board">{t('state.toBoard')}</Link>} />
    </div>
  )
}
