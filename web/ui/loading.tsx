import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '../words.ts'
import './loading.css'

interface Props {
  /** What is coming, so that nothing jumps when it is there. */
  shape?: 'lines' | 'table' | 'board' | 'record' | 'chart'
  rows?: number
  onCancel?: () => void
}

const slowSeconds = 10

/** The shape of what is coming; after ten seconds it says how long it has been at work. */
export function Loading({ shape = 'lines', rows = 4, onCancel }: Props) {
  const { t } = useWords()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((s) => s + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  const slow = seconds >= slowSeconds
  return (
    <div className={`loading loading-of-${shape}`}>
      <span className="unseen" role="status">
        {slow ? t('state.slow', { n: slowSeconds }) : t('state.loading')}
      </span>
      <div className="loading-shape" aria-hidden="true">
        {shape === 'board' && <Board />}
        {shape === 'record' && <Bars of={['loading-title', 'loading-panel', 'loading-panel']} />}
        {shape === 'chart' && <Bars of={['loading-title', 'loading-chart']} />}
        {shape === 'table' && <Bars of={['loading-head', ...Array<string>(rows).fill('loading-row')]} />}
        {shape === 'lines' && (
          <Bars of={['loading-title', ...Array<string>(rows - 1).fill('loading-line')]} />
        )}
      </div>
      {slow && (
        <p className="soft">
          {t('state.slow', { n: seconds })}
          {onCancel && (
            <Button type="link" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

const Bars = ({ of }: { of: readonly string[] }) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: bars of one kind are all alike
  of.map((kind, i) => <div key={i} className={`loading-bar ${kind}`} />)

const Board = () => (
  <>
    <div className="loading-filters">
      <Bars of={['', '', '']} />
    </div>
    <Bars of={['loading-panel']} />
    <Bars of={['loading-head', 'loading-row', 'loading-row', 'loading-row', 'loading-row']} />
  </>
)
