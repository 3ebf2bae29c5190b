import type { PeriodState } from '../../../contract/measurement.ts'
import { Mark } from '../../ui/mark.tsx'
import { useWords } from '../../words.ts'

/** The state of a period as shape and word. */
export function StateMark({ period: { state, over, copies } }: { period: PeriodState }) {
  const { t } = useWords()
  if (state === 'open')
    return <Mark kind={over ? 'none' : 'busy'} word={t(over ? 'periods.open' : 'board.open')} />
  const n = copies[0]?.number ?? 1
  return <Mark kind="good" word={state === 'closed' ? t('board.closed') : t('periods.restated', { n })} />
}
