import { useWords } from '../../words.ts'
import { ClearDemo } from './clear-demo.tsx'

/** Says on every page that these numbers are not the reader's own, and takes them away. */
export function DemoChip({ mayClear }: { mayClear: boolean }) {
  const { t } = useWords()
  if (!mayClear) return <span className="demo-chip">{t('demo.data')}</span>
  return (
    <ClearDemo
      button={(ask, busy) => (
        <button
          type="button"
          className="demo-chip"
          aria-label={`${t('demo.data')}: ${t('demo.clear')}`}
          disabled={busy}
          onClick={ask}
        >
          {t('demo.data')}
          <span className="shell-wide">
            {' · '}
            <u>{t('demo.clear')}</u>
          </span>
        </button>
      )}
    />
  )
}
