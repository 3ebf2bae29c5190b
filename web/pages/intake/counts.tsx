import type { Batch } from '../../../contract/intake.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

const marks: Record<string, string> = { rejected: 'counts-bad', warned: 'counts-warn' }

/** How many rows went where, or would go. */
export function Counts({ batch, planned }: { batch: Omit<Batch, 'id'>; planned?: boolean }) {
  const { t } = useWords()
  const { count } = useNumbers()
  const parts = [
    ['rows', 'import.rows'],
    ['accepted', planned ? 'import.wouldAccept' : 'import.accepted'],
    ['updated', 'import.updated'],
    ['unchanged', 'import.unchanged'],
    ...(planned ? ([['warned', 'import.warned']] as const) : []),
    ['rejected', 'import.rejected'],
  ] as const
  return (
    <dl className="counts">
      {parts.map(([part, key]) => (
        <div key={part} className={batch[part] > 0 ? marks[part] : undefined}>
          <dt className="soft small">{t(key)}</dt>
          <dd className="number">{count(batch[part])}</dd>
        </div>
      ))}
    </dl>
  )
}
