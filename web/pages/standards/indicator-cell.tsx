import type { Measure } from '../../../contract/measurement.ts'
import { grains } from '../../../contract/measurement.ts'
import type { TableColumn } from '../../../contract/standards.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import { DecimalInput } from './decimal-input.tsx'
import type { Draft } from './rows.ts'
import { RuleCell } from './rule-cell.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { useUnitWord } from './unit-word.ts'

interface Props {
  column: TableColumn
  row: number
  draft: Draft
  measure: Measure | undefined
  measures: readonly Measure[]
  onChange: (changed: Partial<Draft>) => void
}

const dimensions = ['timeliness', 'expertise', 'satisfaction', 'compliance'] as const
const periods = grains.filter((grain) => grain !== 'whole')

/** One cell of the sheet, as the field its column needs. */
export function IndicatorCell({ column, row, draft, measure, measures, onChange }: Props) {
  const { t, said, label, language } = useWords()
  const unit = measure?.unit ?? ''
  const unitWord = useUnitWord(unit)
  const name = language === 'zh' ? draft.nameZh : draft.nameEn
  const labelled = (word: string) => `${name} ${word}`
  const text = (value: string, change: (value: string) => void, most: number) => (
    <input
      className="sheet-text"
      aria-label={labelled(t(`standards.${column}`))}
      maxLength={most}
      data-row={row}
      data-column={column}
      value={value}
      onChange={(event) => change(event.target.value)}
    />
  )
  switch (column) {
    case 'dimension': {
      const own = (dimensions as readonly string[]).includes(draft.dimension) ? [] : [draft.dimension]
      return (
        <Choose
          label={labelled(t('standards.dimension'))}
          value={draft.dimension}
          options={[...dimensions, ...own].map((code) => ({ value: code, label: label('dimension', code) }))}
          onChange={(dimension) => dimension && onChange({ dimension })}
        />
      )
    }
    case 'name':
      return (
        <>
          {text(name, (value) => onChange(language === 'zh' ? { nameZh: value } : { nameEn: value }), 80)}
          {!measure && (
            <Choose
              label={t('standards.measure')}
              all={t('standards.chooseMeasure')}
              value={undefined}
              options={measures.map((one) => ({ value: one.code, label: said(one.name) }))}
              onChange={(code) => code && onChange({ measure: code })}
            />
          )}
          <ScopeChoice name={name} scope={draft.scope} onChange={(scope) => onChange({ scope })} />
        </>
      )
    case 'definition':
      return <span className="soft small">{measure ? said(measure.formula) : '—'}</span>
    case 'source':
      return text(draft.source, (source) => onChange({ source }), 80)
    case 'period':
      return (
        <Choose
          label={labelled(t('standards.period'))}
          value={draft.period}
          options={periods.map((grain) => ({ value: grain, label: label('grain', grain) }))}
          onChange={(period) => onChange({ period: period as Draft['period'] })}
        />
      )
    case 'weight':
      return (
        <DecimalInput
          label={labelled(t('standards.weight'))}
          value={draft.weight}
          row={row}
          column={column}
          onChange={(weight) => onChange({ weight })}
        />
      )
    case 'target':
      return (
        <span className="sheet-sentence">
          <Choose
            label={labelled(t('standards.operator'))}
            value={draft.target.operator}
            options={[
              { value: '<=', label: '≤' },
              { value: '>=', label: '≥' },
            ]}
            onChange={(operator) =>
              onChange({ target: { ...draft.target, operator: operator as '<=' | '>=' } })
            }
          />
          <DecimalInput
            label={labelled(t('standards.target'))}
            value={draft.target.value}
            row={row}
            column={column}
            onChange={(value) => onChange({ target: { ...draft.target, value } })}
          />
          {unitWord}
        </span>
      )
    case 'rule':
      return <RuleCell draft={draft} unit={unit} row={row} onChange={(rule) => onChange({ rule })} />
  }
}
