import type { z } from 'zod'
import type { explainFigure } from '../../../contract/measurement.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import './definition.css'

type Explanation = z.output<typeof explainFigure.reply>

/** What the number means: formula, versions, which records stand in it and which were left out. */
export function Definition({ explanation }: { explanation: Explanation }) {
  const { t, said, label } = useWords()
  const { count } = useNumbers()
  const { definition, versions } = explanation
  const lines: [string, string][] = [
    [t('definition.formula'), said(definition.formula)],
    [t('definition.attribution'), said(definition.attribution)],
    [t('definition.clock'), label('clock', definition.clock)],
    [
      t('definition.versions'),
      t('definition.versionsAre', { measure: `v${versions.measure}`, standard: versions.standard ?? '—' }),
    ],
    [t('definition.included'), count(explanation.included.n)],
  ]
  if (explanation.excluded.length > 0)
    lines.push([
      t('definition.excluded'),
      explanation.excluded.map(({ reason, n }) => `${reason} ${count(n)}`).join(' · '),
    ])
  if (explanation.missing.length > 0)
    lines.push([
      t('definition.missing'),
      explanation.missing.map((field) => label('field', field)).join(', '),
    ])
  return (
    <dl className="definition">
      {lines.map(([head, text]) => (
        <div key={head}>
          <dt>{head}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
