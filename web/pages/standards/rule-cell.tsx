import { Choose } from '../../ui/choose.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { DecimalInput } from './decimal-input.tsx'
import { exampleOf } from './part-steps.ts'
import type { Draft, Rule } from './rows.ts'
import { useUnitWord } from './unit-word.ts'

interface Props {
  draft: Draft
  unit: string
  row: number
  onChange: (rule: Rule) => void
}

const kinds = ['deduct', 'between', 'bands', 'pass_fail'] as const
const steps = ['whole', 'linear', 'started'] as const

/** The rule as a sentence with slots, and below it what a part of a step comes to. */
export function RuleCell({ draft, unit, row, onChange }: Props) {
  const { t, label } = useWords()
  const { rule, target } = draft
  return (
    <div className="sheet-rule">
      <div className="sheet-sentence">
        <RuleSlots draft={draft} unit={unit} row={row} onChange={onChange} />
        <Choose
          label={t('rule.kind')}
          value={rule.kind}
          options={kinds.map((kind) => ({ value: kind, label: label('ruleKind', kind) }))}
          onChange={(kind) =>
            kind && kind !== rule.kind && onChange(started(kind as Rule['kind'], target.value))
          }
        />
      </div>
      {rule.kind === 'deduct' && <PartSteps draft={draft} unit={unit} />}
    </div>
  )
}

function started(kind: Rule['kind'], goal: string): Rule {
  if (kind === 'deduct') return { kind, points: '1', per: '1', step: 'whole' }
  if (kind === 'between') return { kind, floor: '0' }
  if (kind === 'bands') return { kind, bands: [{ from: goal, score: '10' }] }
  return { kind: 'pass_fail' }
}

function RuleSlots({ draft, unit, row, onChange }: Props) {
  const { t, label } = useWords()
  const unitWord = useUnitWord(unit)
  const { rule, target } = draft
  const slot = (name: string, value: string, change: (value: string) => void) => (
    <DecimalInput label={name} value={value} row={row} column="rule" onChange={change} />
  )
  if (rule.kind === 'pass_fail') return <span>{t('rule.pass_fail')}</span>
  if (rule.kind === 'between')
    return (
      <>
        {slot(t('rule.floor'), rule.floor, (floor) => onChange({ ...rule, floor }))}
        {unitWord} {t('rule.zeroThere')}
      </>
    )
  if (rule.kind === 'bands')
    return (
      <span className="sheet-bands">
        {rule.bands.map((band, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place while its number is typed
          <span key={i}>
            {target.operator === '<=' ? '≤' : '≥'}
            {slot(t('rule.from'), band.from, (from) =>
              onChange({ ...rule, bands: rule.bands.with(i, { ...band, from }) }),
            )}
            {unitWord} {t('rule.gives')}
            {slot(t('rule.score'), band.score, (score) =>
              onChange({ ...rule, bands: rule.bands.with(i, { ...band, score }) }),
            )}
            <button
              type="button"
              className="sheet-small"
              aria-label={t('rule.dropBand')}
              disabled={rule.bands.length === 1}
              onClick={() => onChange({ ...rule, bands: rule.bands.toSpliced(i, 1) })}
            >
              −
            </button>
          </span>
        ))}
        <button
          type="button"
          className="sheet-small"
          aria-label={t('rule.addBand')}
          onClick={() => onChange({ ...rule, bands: [...rule.bands, { from: '0', score: '0' }] })}
        >
          +
        </button>
      </span>
    )
  return (
    <>
      {t(target.operator === '<=' ? 'rule.eachOver' : 'rule.eachBelow')}
      {slot(t('rule.each'), rule.per, (per) => onChange({ ...rule, per }))}
      {unitWord} {t('rule.takes')}
      {slot(t('rule.takes'), rule.points, (points) => onChange({ ...rule, points }))}
      {t('rule.points')}
      <Choose
        label={t('rule.step')}
        value={rule.step}
        options={steps.map((step) => ({ value: step, label: label('step', step) }))}
        onChange={(step) => onChange({ ...rule, step: step as (typeof steps)[number] })}
      />
    </>
  )
}

function PartSteps({ draft: { rule, target }, unit }: { draft: Draft; unit: string }) {
  const { t, label } = useWords()
  const { value, score, difference } = useNumbers()
  if (rule.kind !== 'deduct') return null
  const example = exampleOf(target, rule)
  if (!example) return null
  return (
    <div className="sheet-example soft small number">
      {t(target.operator === '<=' ? 'rule.exampleOver' : 'rule.exampleBelow', {
        value: value(Number(example.value), unit),
        over: difference(Number(example.over), unit),
      })}
      {steps.map((step) => (
        <span key={step} className={step === rule.step ? 'sheet-chosen' : undefined}>
          {label('step', step)} {score(Number(example[step]))}
        </span>
      ))}
    </div>
  )
}
