import { useWords } from '../../words.ts'
import { Controls } from './controls.tsx'
import { Figures } from './figures.tsx'
import { Foundations } from './foundations.tsx'
import { States } from './states.tsx'
import './design.css'

/** Everything pages are built from, alive: what it looks like now, in this theme, language and density. */
export function DesignPage() {
  const { t } = useWords()
  return (
    <div className="stack">
      <div>
        <h1>{t('shell.design')}</h1>
        <p className="soft">{t('design.what')}</p>
      </div>
      <Foundations />
      <Controls />
      <Figures />
      <States />
    </div>
  )
}
