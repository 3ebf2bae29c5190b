import { type OwnDefinition, percents } from '../../../contract/measurement-own.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import { Conditions } from './conditions.tsx'
import { aggregateOf, amountsOf, momentsOf, showsTime } from './draft.ts'
import { QuantityChoice } from './quantity-choice.tsx'

const kinds = ['count', 'share', 'mean', 'percentile', 'sum', 'ratio', 'nps'] as const

interface Props {
  definition: OwnDefinition
  onChange: (definition: OwnDefinition) => void
}

/** What is made of the records: how many, which share, a mean, a percentile, a sum, a ratio of sums or a score. */
export function AggregateChoice({ definition, onChange }: Props) {
  const { t, label } = useWords()
  const { facts, aggregate } = definition
  const change = (next: OwnDefinition['aggregate']) => onChange({ ...definition, aggregate: next })
  const hasNumbers = amountsOf(facts).length > 0 || momentsOf(facts).length > 1
  return (
    <>
      <div className="compose-line">
        <Choose
          label={t('own.make')}
          value={aggregate.kind}
          options={kinds
            .filter((kind) => hasNumbers || kind === 'count' || kind === 'share')
            .map((kind) => ({ value: kind, label: label('aggregate', kind) }))}
          onChange={(chosen) => {
            const kind = kinds.find((one) => one === chosen)
            if (kind) change(aggregateOf(kind, definition))
          }}
        />
        {'of' in aggregate && (
          <QuantityChoice
            name={t('own.number')}
            facts={facts}
            value={aggregate.of}
            onChange={(of) => change({ ...aggregate, of })}
          />
        )}
        {aggregate.kind === 'percentile' && (
          <Choose
            label={t('own.percent')}
            value={String(aggregate.percent)}
            options={percents.map((one) => ({
              value: String(one),
              label: one === 50 ? t('own.median') : `P${one}`,
            }))}
            onChange={(chosen) => {
              const percent = percents.find((one) => String(one) === chosen)
              if (percent) change({ ...aggregate, percent })
            }}
          />
        )}
        {aggregate.kind === 'ratio' && (
          <>
            <span className="soft">÷ Σ</span>
            <QuantityChoice
              name={t('own.per')}
              facts={facts}
              value={aggregate.per}
              onChange={(per) => change({ ...aggregate, per })}
            />
          </>
        )}
        {showsTime(definition) && (
          <Choose
            label={t('own.timeUnit')}
            value={definition.timeUnit}
            options={(['min', 'h'] as const).map((unit) => ({ value: unit, label: t(`own.in.${unit}`) }))}
            onChange={(unit) => onChange({ ...definition, timeUnit: unit === 'h' ? 'h' : 'min' })}
          />
        )}
      </div>
      {aggregate.kind === 'share' && (
        <Conditions
          title={t('own.meeting')}
          facts={facts}
          conditions={aggregate.meeting}
          needed
          onChange={(meeting) => change({ ...aggregate, meeting })}
        />
      )}
    </>
  )
}
