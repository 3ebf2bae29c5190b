import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import type { ListColumn } from '../../../contract/list-columns.ts'
import type { ListFilter } from '../../../contract/list-query.ts'
import { words } from '../../../contract/words.ts'
import { useWords } from '../../words.ts'

interface Props {
  column: ListColumn
  filter: ListFilter | undefined
  onFilter: (filter: ListFilter | undefined) => void
}

interface Draft {
  text: string
  values: string[]
  from: string
  to: string
}

/** What a column may be narrowed by: a text in it, chosen words, a range; and everywhere what is blank. */
export function FilterForm({ column, filter, onFilter }: Props) {
  const { t } = useWords()
  const [draft, setDraft] = useState<Draft>({
    text: filter?.op === 'has' ? filter.text : '',
    values: filter?.op === 'in' ? filter.values : [],
    from: filter?.op === 'range' ? filter.from : '',
    to: filter?.op === 'range' ? filter.to : '',
  })
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const toggle = (value: string) =>
    change({
      values: draft.values.includes(value)
        ? draft.values.filter((one) => one !== value)
        : [...draft.values, value],
    })
  const send = (event: FormEvent) => {
    event.preventDefault()
    onFilter(filterOf(column, draft))
  }
  return (
    <form className="column-filter" onSubmit={send}>
      {column.kind === 'choice' && <Choices column={column} chosen={draft.values} onToggle={toggle} />}
      {['text', 'long', 'named', 'customer'].includes(column.kind) && (
        <Input
          value={draft.text}
          maxLength={100}
          aria-label={t('grid.contains')}
          placeholder={t(hintOf(column))}
          disabled={draft.values.includes('')}
          onChange={(event) => change({ text: event.target.value })}
        />
      )}
      {['number', 'score', 'instant'].includes(column.kind) && (
        <span className="row column-range">
          <Input
            {...inputOf(column)}
            value={draft.from}
            aria-label={t('filter.from')}
            disabled={draft.values.includes('')}
            onChange={(event) => change({ from: event.target.value })}
          />
          <span className="soft">–</span>
          <Input
            {...inputOf(column)}
            value={draft.to}
            aria-label={t('filter.to')}
            disabled={draft.values.includes('')}
            onChange={(event) => change({ to: event.target.value })}
          />
        </span>
      )}
      <label className="column-choice">
        <input type="checkbox" checked={draft.values.includes('')} onChange={() => toggle('')} />{' '}
        {t('grid.blank')}
      </label>
      <span className="row">
        <Button size="small" type="primary" htmlType="submit">
          {t('grid.apply')}
        </Button>
        {filter && (
          <Button size="small" onClick={() => onFilter(undefined)}>
            {t('filter.remove')}
          </Button>
        )}
      </span>
    </form>
  )
}

function Choices({
  column,
  chosen,
  onToggle,
}: {
  column: ListColumn
  chosen: string[]
  onToggle: (value: string) => void
}) {
  const { said } = useWords()
  const known: Record<string, { zh: string; en: string }> = column.words ? words[column.words] : {}
  // Words of the organization's own that the address already holds.
  const others = chosen.filter((value) => value !== '' && !(value in known))
  return (
    <div className="column-choices">
      {[...Object.keys(known), ...others].map((code) => (
        <label key={code} className="column-choice">
          <input type="checkbox" checked={chosen.includes(code)} onChange={() => onToggle(code)} />{' '}
          {known[code] ? said(known[code]) : code}
        </label>
      ))}
    </div>
  )
}

function filterOf({ key, kind }: ListColumn, draft: Draft): ListFilter | undefined {
  const column = key
  if (draft.values.length > 0) return { column, op: 'in', values: draft.values }
  if (draft.text.trim() !== '') return { column, op: 'has', text: draft.text.trim() }
  if (draft.from === '' && draft.to === '') return undefined
  const turned = kind === 'instant' ? draft.from > draft.to : Number(draft.from) > Number(draft.to)
  const both = draft.from !== '' && draft.to !== ''
  // The wrong way round is still clear enough.
  return {
    column,
    op: 'range',
    from: both && turned ? draft.to : draft.from,
    to: both && turned ? draft.from : draft.to,
  }
}

const hintOf = ({ kind }: ListColumn) =>
  kind === 'named' ? 'grid.containsName' : kind === 'customer' ? 'grid.containsCode' : 'grid.contains'

const inputOf = ({ kind }: ListColumn) =>
  kind === 'instant' ? { type: 'date' } : { type: 'number', step: 'any' as const }
