import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../words.ts'
import { Drop } from './drop.tsx'
import { useHint, useKeys } from './keys.ts'
import { firstDay, type Grain, grainOf, grainsShown, periodOf, periodsIn, stepped } from './period.ts'
import { usePeriodName } from './period-name.ts'
import './period-picker.css'

interface Props {
  value: string
  onChange: (period: string) => void
  /** Days with data, and today: what lies outside is shown but pale. */
  from: string | null
  to: string | null
  today: string
}

/** One period of any grain; `[` and `]` go to the one before and after. */
export function PeriodPicker({ value, onChange, from, to, today }: Props) {
  const { t } = useWords()
  const name = usePeriodName()
  const go = (steps: number) => onChange(stepped(value, steps))
  const hint = useHint()
  useKeys({ '[': () => go(-1), ']': () => go(1) })
  return (
    <div className="period">
      <strong className="print-only">{name(value)}</strong>
      <Button
        icon={<LeftOutlined />}
        title={hint(t('period.previous'), '[')}
        aria-label={t('period.previous')}
        onClick={() => go(-1)}
      />
      <Drop
        button={(open, toggle) => (
          <Button className="period-name" aria-haspopup="dialog" aria-expanded={open} onClick={toggle}>
            {name(value)}
          </Button>
        )}
      >
        {(close) => (
          <Choices
            value={value}
            from={from}
            to={to}
            today={today}
            onChoose={(period) => {
              close()
              onChange(period)
            }}
          />
        )}
      </Drop>
      <Button
        icon={<RightOutlined />}
        title={hint(t('period.next'), ']')}
        aria-label={t('period.next')}
        onClick={() => go(1)}
      />
    </div>
  )
}

function Choices({
  value,
  from,
  to,
  today,
  onChoose,
}: Omit<Props, 'onChange'> & { onChoose: (p: string) => void }) {
  const { t, label } = useWords()
  const name = usePeriodName()
  const [grain, setGrain] = useState<Grain>(grainOf(value))
  const [anchor, setAnchor] = useState(firstDay(value))
  const span = grain === 'day' ? anchor.slice(0, 7) : anchor.slice(0, 4)
  const shift = (steps: number) => setAnchor(firstDay(stepped(span, steps)))
  const years = periodsAround(span, from, today)
  const shown = grain === 'year' ? years : periodsIn(grain, span)
  const has = (period: string) =>
    from !== null && to !== null && period >= periodOf(grain, from) && period <= periodOf(grain, to)
  return (
    <div className="choices">
      <div className="choices-grains" role="tablist" aria-label={t('period.grain')}>
        {grainsShown.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === grain}
            onClick={() => setGrain(one)}
          >
            {label('grain', one)}
          </button>
        ))}
      </div>
      {grain !== 'year' && (
        <div className="choices-span">
          <Button
            size="small"
            type="text"
            icon={<LeftOutlined />}
            aria-label={t('action.earlier')}
            onClick={() => shift(-1)}
          />
          <b className="number">{name(span)}</b>
          <Button
            size="small"
            type="text"
            icon={<RightOutlined />}
            aria-label={t('action.later')}
            onClick={() => shift(1)}
          />
        </div>
      )}
      <div className={`choices-list choices-${grain}`}>
        {shown.map((period) => (
          <button
            key={period}
            type="button"
            className={has(period) ? 'number' : 'number choices-pale'}
            aria-pressed={period === value}
            onClick={() => onChoose(period)}
          >
            {name(period, 'short')}
          </button>
        ))}
      </div>
      <Button size="small" type="link" onClick={() => onChoose(periodOf(grain, today))}>
        {t('period.current')}
      </Button>
    </div>
  )
}

function periodsAround(span: string, from: string | null, today: string): string[] {
  const last = Math.max(Number(today.slice(0, 4)), Number(span.slice(0, 4)))
  const first = Math.min(Number((from ?? today).slice(0, 4)), Number(span.slice(0, 4)), last - 5)
  return Array.from({ length: Math.min(last - first + 1, 24) }, (_, i) => String(last - i)).reverse()
}
