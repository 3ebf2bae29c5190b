import type { ReactNode } from 'react'
import { Brand } from '../../ui/brand.tsx'
import { AppearanceToggle, LanguageToggle } from '../shell/toggles.tsx'
import './gate.css'

/** The frame of the pages before one is inside. */
export function Gate({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className="gate">
      <header className="gate-head">
        <Brand />
        <span className="grow" />
        <LanguageToggle />
        <AppearanceToggle />
      </header>
      <main className={wide ? 'gate-body gate-wide' : 'gate-body'}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  )
}
