import { Button } from 'antd'
import { useState } from 'react'
import type { FactKind } from '../../../contract/fact-kinds.ts'
import type { Condition } from '../../../contract/measurement-own.ts'
import { ownField, ownFields, valueSigns } from '../../../contract/own-fields.ts'
import { words } from '../../../contract/words.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import { conditionOn, firstCondition, firstTime, momentsOf } from './draft.ts'
import { TimeChoice } from './quantity-choice.tsx'

interface Props {
  title: string
  facts: FactKind
  conditions: readonly Condition[]
  /** whether one at least must stay */
  needed?: boolean
  onChange: (conditions: Condition[]) => void
}

const most = 10

/** Conditions that all have to be met, a line each. */
export function Conditions({ title, facts, conditions, needed = false, onChange }: Props) {
  const { t } = useWords()
  const change = (at: number, one: Condition) => onChange(conditions.map((old, i) => (i === at ? one : old)))
  return (
    <fieldset className="compose-conditions">
      <legend>{title}</legend>
      {conditions.length === 0 && <p className="soft">{t('own.allRecords')}</p>}
      {conditions.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
        <div className="compose-condition" key={i}>
          <div className="compose-line">
            <OneCondition
              name={t('own.condition', { n: i + 1 })}
              facts={facts}
              condition={one}
              onChange={(next) => change(i, next)}
            />
          </div>
          {(!needed || conditions.length > 1) && (
            <Button
              size="small"
              type="text"
              aria-label={t('own.removeCondition', { n: i + 1 })}
              onClick={() => onChange(conditions.filter((_, at) => at !== i))}
            >
              ×
            </Button>
          )}
        </div>
      ))}
      {conditions.length < most && (
        <Button size="small" onClick={() => onChange([...conditions, firstCondition(facts)])}>
          {t('own.addCondition')}
        </Button>
      )}
    </fieldset>
  )
}

const time = 'time'
const comparisonsOf = {
  moment: ['filled', 'blank'],
  amount: ['>=', '>', '<=', '<', 'is', 'not', 'filled', 'blank'],
  time: ['>=', '>', '<=', '<', 'filled', 'blank'],
  text: ['is', 'not', 'contains', 'filled', 'blank'],
  choice: ['is', 'not', 'filled', 'blank'],
} as const

/** What the signs are called among the texts. */
const comparisonWords = {
  is: 'is',
  not: 'not',
  contains: 'contains',
  filled: 'filled',
  blank: 'blank',
  '<': 'below',
  '<=': 'atMost',
  '>': 'above',
  '>=': 'atLeast',
} as const

interface OneProps {
  name: string
  facts: FactKind
  condition: Condition
  onChange: (condition: Condition) => void
}

function OneCondition({ name, facts, condition, onChange }: OneProps) {
  const { t, said, label } = useWords()
  const { field, until, comparison } = condition
  const found = ownField(facts, field)
  const sort = until === undefined ? (found?.kind ?? 'text') : 'time'
  const hasTimes = momentsOf(facts).length > 1
  const none = comparison === 'filled' || comparison === 'blank'
  return (
    <>
      <Choose
        label={`${name} ${t('own.field')}`}
        value={until === undefined ? field : time}
        options={[
          ...ownFields[facts].map((one) => ({ value: one.key, label: said(one) })),
          ...(hasTimes ? [{ value: time, label: t('own.timeFrom') }] : []),
        ]}
        onChange={(chosen) => {
          const { field: from, until: to } = firstTime(facts)
          onChange(chosen === time ? conditionOn(facts, from, to) : conditionOn(facts, chosen ?? ''))
        }}
      />
      {until !== undefined && (
        <TimeChoice
          name={name}
          facts={facts}
          value={{ field, until }}
          onChange={(span) => onChange({ ...condition, ...span })}
        />
      )}
      <Choose
        label={`${name} ${t('own.comparison')}`}
        value={comparison}
        options={comparisonsOf[sort].map((one) => ({
          value: one,
          label: label('comparison', comparisonWords[one]),
        }))}
        onChange={(chosen) => {
          const next = (chosen ?? 'is') as Condition['comparison']
          const blank = next === 'filled' || next === 'blank'
          onChange({ ...condition, comparison: next, values: blank ? [] : condition.values })
        }}
      />
      {!none && sort === 'choice' && (
        <ChoiceValues
          name={name}
          codes={Object.keys(words[found?.words ?? 'category'])}
          of={found?.words ?? 'category'}
          values={condition.values}
          onChange={(values) => onChange({ ...condition, values })}
        />
      )}
      {!none && sort !== 'choice' && (
        <TypedValues
          // Another field starts with an empty value.
          key={`${field} ${until}`}
          name={`${name} ${t('own.value')}`}
          hint={sort === 'text' ? t('own.severalValues') : ''}
          several={sort === 'text' || comparison === 'is' || comparison === 'not'}
          values={condition.values}
          onChange={(values) => onChange({ ...condition, values })}
        />
      )}
      {sort === 'time' && !none && <span className="soft">{t('own.minutes')}</span>}
    </>
  )
}

interface ValuesProps {
  name: string
  values: readonly string[]
  onChange: (values: string[]) => void
}

function ChoiceValues({
  name,
  codes,
  of,
  values,
  onChange,
}: ValuesProps & { codes: string[]; of: keyof typeof words }) {
  const { said } = useWords()
  const known = words[of] as Record<string, { zh: string; en: string }>
  return (
    <fieldset className="compose-choices" aria-label={name}>
      {codes.map((code) => (
        <label key={code}>
          <input
            type="checkbox"
            checked={values.includes(code)}
            onChange={({ target }) =>
              onChange(target.checked ? [...values, code] : values.filter((one) => one !== code))
            }
          />
          {said(known[code] ?? { zh: code, en: code })}
        </label>
      ))}
    </fieldset>
  )
}

function TypedValues({
  name,
  hint,
  several,
  values,
  onChange,
}: ValuesProps & { hint: string; several: boolean }) {
  const { t } = useWords()
  const [typed, setTyped] = useState(values.join(t('own.and')))
  return (
    <input
      className="compose-value"
      aria-label={name}
      placeholder={hint}
      maxLength={400}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value)
        const parts = several ? target.value.split(valueSigns) : [target.value]
        onChange(parts.map((part) => part.trim()).filter((part) => part !== ''))
      }}
    />
  )
}
