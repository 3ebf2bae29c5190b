import { useQuery } from '@tanstack/react-query'
import type { Measure } from '../../../contract/measurement.ts'
import { listStandards } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { mayReadStandards, useMe } from '../../session.ts'
import { useWords } from '../../words.ts'
import type { Indicator } from './scorecard-table.tsx'
import './definition.css'

interface Props {
  indicator: Indicator
  measure: Measure
  standard: string | null
}

/** What the measure means: formula, clock, attribution, source, versions, and the columns it cannot do without. */
export function MeasureDefinition({ indicator, measure, standard }: Props) {
  const { t, said, label } = useWords()
  const named = (fields: string[]) => fields.map((field) => label('field', field)).join(', ')
  const standards = useQuery({
    queryKey: ['standards'],
    queryFn: () => call(listStandards, {}),
    enabled: mayReadStandards(useMe()),
  })
  const source = standards.data?.items
    .find(({ version }) => `v${version}` === standard)
    ?.indicators.find(({ code }) => code === indicator.code)?.source
  const lines: [string, string][] = [
    [t('definition.formula'), said(measure.formula)],
    [t('definition.rule'), said(indicator.rule)],
    [t('definition.attribution'), said(measure.attribution)],
    [t('definition.clock'), label('clock', measure.clock)],
    [
      t('definition.versions'),
      t('definition.versionsAre', { measure: `v${measure.version}`, standard: standard ?? '—' }),
    ],
    [t('definition.needs'), named(measure.needs)],
  ]
  if (source) lines.splice(4, 0, [t('definition.source'), source])
  if (indicator.missing.length > 0) lines.push([t('definition.missing'), named(indicator.missing)])
  return (
    <section className="panel stack" aria-label={t('definition.formula')}>
      <h2>{t('definition.formula')}</h2>
      <dl className="definition">
        {lines.map(([head, text]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
