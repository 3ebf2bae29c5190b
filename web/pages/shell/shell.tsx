import { Link, Outlet, useLocation, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useMe } from '../../session.ts'
import { Brand } from '../../ui/brand.tsx'
import { copy } from '../../ui/copy.ts'
import { useKeys } from '../../ui/keys.ts'
import { stepRow } from '../../ui/rows.ts'
import { NoPermission } from '../../ui/states.tsx'
import { laterWords, useWords } from '../../words.ts'
import { Coach } from '../access/coach.tsx'
import { useHeadingAsTitle } from './heading-title.ts'
import { MainMenu } from './main-menu.tsx'
import { Palette } from './palette.tsx'
import { PrintHead } from './print-head.tsx'
import { mayOpen, menuOf } from './site.ts'
import { TopBar } from './top-bar.tsx'
import './shell.css'

const ShortcutList = lazy(() => import('./shortcut-list.tsx'))

/** The frame of every page inside: what a role may not open is absent, and refused where the address is typed. */
export function Shell() {
  const { t } = useWords()
  const me = useMe()
  const { pathname } = useLocation()
  const [over, setOver] = useState<'palette' | 'keys'>()
  const main = useRef<HTMLElement>(null)
  useShellKeys(setOver)
  useHeadingAsTitle(main)
  useFocusOnArrival(main, pathname)
  // Once the frame stands, so that neither the palette nor the next page waits for its texts.
  useEffect(() => void laterWords(), [])
  const close = () => setOver(undefined)
  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <header className="shell-head">
        <Link to="/board" className="shell-brand" aria-label={t('product')}>
          <Brand />
        </Link>
        <MainMenu me={me} />
        <TopBar me={me} onPalette={() => setOver('palette')} onShortcuts={() => setOver('keys')} />
      </header>
      <main id="content" className="page" ref={main} tabIndex={-1}>
        <PrintHead me={me} />
        {mayOpen(me, pathname) ? <Outlet /> : <NoPermission />}
      </main>
      {over === 'palette' && <Palette me={me} onClose={close} onShortcuts={() => setOver('keys')} />}
      <Suspense>{over === 'keys' && <ShortcutList onClose={close} />}</Suspense>
      <Coach />
    </>
  )
}

function useShellKeys(setOver: (over: 'palette' | 'keys') => void): void {
  const { t } = useWords()
  const me = useMe()
  const router = useRouter()
  const allowed = menuOf(me).map((item) => [item.keys, () => void router.navigate({ to: item.to })])
  useKeys({
    ...Object.fromEntries(allowed),
    'Mod+k': () => setOver('palette'),
    '?': () => setOver('keys'),
    '/': () => {
      const field = document.querySelector<HTMLInputElement>(
        'main input[type=search], main [data-search] input',
      )
      if (field) return field.focus()
      setOver('palette')
    },
    n: () => document.querySelector<HTMLElement>('main [data-new]')?.click(),
    j: () => stepRow(1),
    k: () => stepRow(-1),
    Escape: () => document.querySelector<HTMLElement>('main [data-up]')?.click(),
    y: () => copy(location.href, t('shell.linkCopied'), t),
  })
}

/** A new page is read from its beginning, by eyes, keyboard and screen reader alike; the first one is left alone. */
function useFocusOnArrival(main: React.RefObject<HTMLElement | null>, pathname: string): void {
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    if (!document.querySelector('dialog[open]')) main.current?.focus({ preventScroll: true })
  }, [main, pathname])
}
