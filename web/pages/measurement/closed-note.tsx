import type { z } from 'zod'
import type { explainFigure } from '../../../contract/measurement.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import './closed-bar.css'

/** Says where a closed figure and the records of now are not the same; nothing where they agree. */
export function ClosedNote({ explanation }: { explanation: z.output<typeof explainFigure.reply> }) {
  const { t } = useWords()
  const { value, count } = useNumbers()
  const { closed, included, definition } = explanation
  if (!closed || (closed.records === included.n && closed.value === explanation.value)) return null
  const shown = (amount: number | null) => (amount === null ? '—' : value(amount, definition.unit))
  return (
    <p role="status" className="closed-note">
      {t('drawer.closed', {
        copy: closed.number,
        was: shown(closed.value),
        wasN: count(closed.records),
        now: shown(explanation.value),
        nowN: count(included.n),
      })}
    </p>
  )
}
