import type { IndicatorScope } from '../../../contract/standards.ts'
import { words } from '../../../contract/words.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import { useScopeText } from '../measurement/scope-text.ts'

interface Props {
  name: string
  scope: IndicatorScope | undefined
  onChange: (scope: IndicatorScope | undefined) => void
}

const chosen = {
  channel: Object.keys(words.channel),
  priority: ['urgent', 'important', 'normal'],
  category: Object.keys(words.category),
  lifeStage: Object.keys(words.lifeStage),
} as const

/** Which records an indicator stands for: folded to a word until it is wanted. */
export function ScopeChoice({ name, scope = {}, onChange }: Props) {
  const { t, label } = useWords()
  const textOf = useScopeText()
  const change = (field: keyof IndicatorScope, value: string | undefined) => {
    const next = { ...scope, [field]: value || undefined }
    const kept = Object.fromEntries(Object.entries(next).filter(([, one]) => one !== undefined))
    onChange(Object.keys(kept).length > 0 ? (kept as IndicatorScope) : undefined)
  }
  return (
    <details className="scope small">
      <summary>{t('scope.is', { scope: textOf(scope) || t('scope.all') })}</summary>
      <div className="scope-fields">
        {(['channel', 'priority', 'category', 'lifeStage'] as const).map((field) => {
          const value = scope[field]
          const own =
            value === undefined || (chosen[field] as readonly string[]).includes(value) ? [] : [value]
          return (
            <Choose
              key={field}
              label={`${name} ${label('filter', field)}`}
              all={t('scope.every', { of: label('filter', field) })}
              value={value}
              options={[...chosen[field], ...own].map((code) => ({
                value: code,
                label: label(field, code),
              }))}
              onChange={(picked) => change(field, picked)}
            />
          )
        })}
        <input
          className="sheet-text"
          maxLength={200}
          aria-label={`${name} ${label('filter', 'faultLevel')}`}
          placeholder={label('filter', 'faultLevel')}
          value={scope.faultLevel ?? ''}
          onChange={(event) => change('faultLevel', event.target.value)}
        />
      </div>
    </details>
  )
}
