import type { FactKind } from '../../../contract/fact-kinds.ts'
import type { Quantity } from '../../../contract/measurement-own.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import { amountsOf, firstTime, momentsOf } from './draft.ts'

interface Props {
  name: string
  facts: FactKind
  value: Quantity
  onChange: (value: Quantity) => void
}

const time = 'time'

/** A number of a record: an amount, or the time from a moment until another one. */
export function QuantityChoice({ name, facts, value, onChange }: Props) {
  const { t, said } = useWords()
  const hasTimes = momentsOf(facts).length > 1
  return (
    <>
      <Choose
        label={name}
        value={value.until === undefined ? value.field : time}
        options={[
          ...amountsOf(facts).map((field) => ({ value: field.key, label: said(field) })),
          ...(hasTimes ? [{ value: time, label: t('own.timeFrom') }] : []),
        ]}
        onChange={(chosen) => onChange(chosen === time ? firstTime(facts) : { field: chosen ?? '' })}
      />
      {value.until !== undefined && (
        <TimeChoice name={name} facts={facts} value={{ ...value, until: value.until }} onChange={onChange} />
      )}
    </>
  )
}

/** From which moment until which. */
export function TimeChoice({
  name,
  facts,
  value,
  onChange,
}: Omit<Props, 'value'> & { value: Required<Quantity> }) {
  const { t, said } = useWords()
  const options = momentsOf(facts).map((field) => ({ value: field.key, label: said(field) }))
  return (
    <>
      <Choose
        label={`${name} ${t('own.from')}`}
        value={value.field}
        options={options}
        onChange={(field) => onChange({ ...value, field: field ?? '' })}
      />
      <span className="soft">{t('own.until')}</span>
      <Choose
        label={`${name} ${t('own.until')}`}
        value={value.until}
        options={options}
        onChange={(until) => onChange({ ...value, until: until ?? '' })}
      />
    </>
  )
}
