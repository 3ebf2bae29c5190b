import { Link, Outlet, useRouter } from '@tanstack/react-router'
import { mayReadRecords, mayReadStandards, useMe } from '../../session.ts'
import { Brand } from '../../ui/brand.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useWords } from '../../words.ts'
import { DemoChip } from './demo-chip.tsx'
import { AppearanceToggle, LanguageToggle } from './toggles.tsx'
import { UserMenu } from './user-menu.tsx'
import './shell.css'

/** The frame of every page inside: what a role may not open is absent. */
export function Shell() {
  const { t } = useWords()
  const me = useMe()
  const router = useRouter()
  useKeys({
    'g b': () => void router.navigate({ to: '/board' }),
    ...(mayReadRecords(me) && { 'g r': () => void router.navigate({ to: '/records/work-orders' }) }),
    ...(mayReadStandards(me) && { 'g s': () => void router.navigate({ to: '/standards' }) }),
    ...(me.can.manage && { 'g ,': () => void router.navigate({ to: '/settings/people' }) }),
  })
  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <header className="shell-head">
        <Link to="/board" className="shell-brand" aria-label={t('product')}>
          <Brand />
        </Link>
        <nav className="shell-menu" aria-label={t('shell.menu')}>
          <Link to="/board" title="G B" className="shell-item">
            {t('menu.board')}
          </Link>
          {mayReadRecords(me) && (
            <Link to="/records/work-orders" title="G R" className="shell-item" data-records>
              {t('menu.records')}
            </Link>
          )}
          {mayReadStandards(me) && (
            <Link to="/standards" title="G S" className="shell-item">
              {t('menu.standards')}
            </Link>
          )}
          {me.can.manage && (
            <Link to="/settings/people" title="G ," className="shell-item">
              {t('menu.settings')}
            </Link>
          )}
        </nav>
        <div className="shell-side">
          {me.demo && <DemoChip mayClear={me.can.manage} />}
          <LanguageToggle />
          <AppearanceToggle />
          <UserMenu me={me} />
        </div>
      </header>
      <main id="content" className="page">
        <Outlet />
      </main>
    </>
  )
}
