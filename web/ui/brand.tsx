import { useWords } from '../words.ts'
import './brand.css'

/** The ring that is not yet closed, and the name. */
export function Brand() {
  const { t } = useWords()
  return (
    <span className="brand">
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        <circle className="brand-ring" cx="12" cy="12" r="8.5" transform="rotate(-60 12 12)" />
        <circle className="brand-dot" cx="12" cy="12" r="2.5" />
      </svg>
      {t('product')}
    </span>
  )
}
