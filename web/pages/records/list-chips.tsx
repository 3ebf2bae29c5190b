import { useQuery } from '@tanstack/react-query'
import { type ListKind, listColumns } from '../../../contract/list-columns.ts'
import { productsQuery, useMe } from '../../session.ts'
import { Chip } from '../../ui/chip.tsx'
import { useWords } from '../../words.ts'
import { filterWords } from './filter-words.ts'
import type { ListSearch } from './list-search.ts'
import type { ChangeList, ListState } from './use-list-state.ts'

interface Props {
  kind: ListKind
  list: ListState
  search: ListSearch
  change: ChangeList
}

const plain = ['search', 'unit', 'product', 'agent', 'from', 'to'] as const

/** What the list is narrowed to, each removable. */
export function ListChips({ kind, list, search, change }: Props) {
  const { t, said, label, language } = useWords()
  const me = useMe()
  const products = useQuery({ ...productsQuery, enabled: search.product !== undefined })
  const nameOf = (id: string) =>
    [...me.units, ...(products.data?.items ?? [])].find((one) => one.id === id)?.name ?? id
  const chips = [
    ...plain.flatMap((name) => {
      const value = search[name]
      return value
        ? [
            {
              name,
              title: label('filter', name),
              text: nameOf(value),
              remove: () => change({ [name]: undefined }),
            },
          ]
        : []
    }),
    ...list.filters.flatMap((filter) => {
      const column = listColumns[kind].find(({ key }) => key === filter.column)
      if (!column) return []
      const text = filterWords(filter, column, language, t, nameOf)
      return [
        {
          name: filter.column,
          title: said(column),
          text,
          remove: () => list.setFilter(filter.column, undefined),
        },
      ]
    }),
  ]
  if (chips.length === 0) return null
  return (
    <div className="row list-chips">
      {chips.map(({ name, title, text, remove }) => (
        <Chip key={name} removeLabel={`${t('filter.remove')} ${title}`} onRemove={remove}>
          {title}: <span className="number">{text}</span>
        </Chip>
      ))}
      {chips.length > 1 && (
        <button
          type="button"
          className="door small"
          onClick={() =>
            change({ ...Object.fromEntries(plain.map((name) => [name, undefined])), filter: undefined })
          }
        >
          {t('grid.removeAll')}
        </button>
      )}
    </div>
  )
}
