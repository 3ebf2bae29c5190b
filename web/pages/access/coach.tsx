import { useRouterState } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useWords } from '../../words.ts'
import './coach.css'

const remembered = 'zhihuan.tips'

/** After set-up the board is explained, this once. */
export const showTipsOnce = () => localStorage.setItem(remembered, 'due')

/** What each tip stands at; the first one found on the page. */
const tips = [
  { key: 'coach.numbers', at: 'main table button' },
  { key: 'coach.import', at: '.shell-menu a[href^="/records"]' },
  { key: 'coach.demo', at: '.demo-chip' },
] as const

/** Three tips on the first board. They lie over nothing that is needed, and once gone they are gone. */
export function Coach() {
  const { t } = useWords()
  const [step, setStep] = useState(() => (localStorage.getItem(remembered) === 'due' ? 0 : tips.length))
  const [place, setPlace] = useState<{ left: number; top: number }>()
  const onBoard = useRouterState({ select: ({ location }) => location.pathname === '/board' })
  const tip = onBoard ? tips[step] : undefined
  const end = () => {
    localStorage.removeItem(remembered)
    setStep(tips.length)
  }
  useLayoutEffect(() => {
    if (!tip) return
    const follow = () => {
      const mark = document.querySelector(tip.at)?.getBoundingClientRect()
      // A phone has no room beside anything: there the tip stands at the foot of the page.
      const beside = mark !== undefined && innerWidth >= 760
      const next = beside
        ? { left: Math.round(Math.min(mark.left, innerWidth - 336)), top: Math.round(mark.bottom + 8) }
        : undefined
      setPlace((now) => (now?.left === next?.left && now?.top === next?.top ? now : next))
    }
    follow()
    // The board arrives later than the tip, and figures move what stands below them.
    const timer = setInterval(follow, 250)
    addEventListener('scroll', follow, { passive: true })
    return () => {
      clearInterval(timer)
      removeEventListener('scroll', follow)
    }
  }, [tip])
  useEffect(() => {
    if (!tip) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing && !document.querySelector('dialog[open]')) end()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  if (!tip) return null
  const last = step === tips.length - 1
  return (
    <aside
      className={place ? 'coach coach-beside' : 'coach'}
      style={place ?? {}}
      aria-label={t('coach.title')}
    >
      <p>{t(tip.key)}</p>
      <div className="row">
        <span className="soft small number">{t('coach.of', { n: step + 1, all: tips.length })}</span>
        <span className="grow" />
        {!last && (
          <Button size="small" type="text" onClick={end}>
            {t('coach.skip')}
          </Button>
        )}
        <Button size="small" type="primary" onClick={last ? end : () => setStep(step + 1)}>
          {t(last ? 'coach.end' : 'action.next')}
        </Button>
      </div>
    </aside>
  )
}
