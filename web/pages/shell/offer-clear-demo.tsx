import { Button } from 'antd'
import { useMe } from '../../session.ts'
import { useWords } from '../../words.ts'
import { ClearDemo } from './clear-demo.tsx'

/** Beside one's own records the demo's only blur the figures: said where own ones have just come in. */
export function OfferClearDemo() {
  const { t } = useWords()
  const me = useMe()
  if (!me.demo || !me.can.manage) return null
  return (
    <div className="offer row" role="status">
      <span>{t('demo.mixed')}</span>
      <span className="grow" />
      <ClearDemo
        button={(ask, busy) => (
          <Button loading={busy} onClick={ask}>
            {t('demo.clearData')}
          </Button>
        )}
      />
    </div>
  )
}
