import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'

/** Pages beside each other. Where they do not all fit, the one that is open is scrolled into sight. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  // In the middle, so that its neighbours show that there are more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page makes another tab the active one
  useEffect(() => {
    nav.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <nav ref={nav} className="tabs" aria-label={label}>
      {children}
    </nav>
  )
}
