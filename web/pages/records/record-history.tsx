import { useQuery } from '@tanstack/react-query'
import { type ListKind, listColumns } from '../../../contract/list-columns.ts'
import { type HistoryEntry, readHistory } from '../../../contract/records.ts'
import { wordOf } from '../../../contract/words.ts'
import { call } from '../../call.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** Who changed the record, when, from what to what. */
export function RecordHistory({ kind, id, version }: { kind: ListKind; id: string; version: number }) {
  const { t } = useWords()
  const history = useQuery({
    queryKey: ['history', kind, id, version],
    queryFn: ({ signal }) => call(readHistory, { params: { kind, id }, signal }),
  })
  if (history.error) return <Failure error={history.error} onRetry={() => void history.refetch()} />
  if (!history.data) return <Loading />
  if (history.data.items.length === 0) return <p className="soft">{t('history.none')}</p>
  return (
    <ol className="history">
      {history.data.items.map((entry) => (
        <Entry key={`${entry.at} ${entry.action}`} kind={kind} entry={entry} />
      ))}
    </ol>
  )
}

function Entry({ kind, entry }: { kind: ListKind; entry: HistoryEntry }) {
  const { t, said, label, language } = useWords()
  const { stamp } = useNumbers()
  const columnOf = (field: string) => {
    const key = field
      .replace(/_id$/, '')
      .replaceAll(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase())
    return listColumns[kind].find((column) => column.key === key)
  }
  const shown = (field: string, value: string | number | boolean | null) => {
    if (value === null || value === '') return '—'
    if (typeof value === 'boolean') return wordOf('yesNo', String(value), language)
    const column = columnOf(field)
    if (column?.words) return wordOf(column.words, String(value), language)
    if (field === 'episodes')
      return String(value)
        .replaceAll(instants, (at) => stamp(at))
        .replaceAll(ids, '')
    if (field === 'pauses') return String(value).replaceAll(instants, (at) => stamp(at))
    if (!field.endsWith('_at')) return String(value)
    return column?.day ? stamp(String(value)).slice(0, 10) : stamp(String(value))
  }
  return (
    <li>
      <p>
        <span className="number soft">{stamp(entry.at, true)}</span> <b>{entry.actor}</b>{' '}
        {label('history', verbOf(entry.action))}
      </p>
      {entry.changes.length > 0 && (
        <ul>
          {entry.changes.map(({ field, before, after }) => {
            const column = columnOf(field)
            return (
              <li key={field}>
                <span className="soft">{column ? said(column) : label('field', field)}</span>{' '}
                <del>{shown(field, before)}</del> <span aria-hidden="true">→</span>
                <span className="unseen">{t('history.to')}</span> <ins>{shown(field, after)}</ins>
              </li>
            )
          })}
        </ul>
      )}
    </li>
  )
}

/** Who solved an episode stands behind it by id. */
const ids = / [0-9a-f-]{36}$/gm

/** Pauses are lines of `from/to reason`, their instants in UTC. */
const instants = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g

/** `editWorkOrder` is an edit, of whatever. */
const verbOf = (action: string): string => /^(create|edit|exclude|include)/.exec(action)?.[1] ?? action
