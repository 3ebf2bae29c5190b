import { useMemo } from 'react'
import { type ListKind, listColumns } from '../../../contract/list-columns.ts'
import {
  type ListFilter,
  type ListSort,
  parseFilters,
  parseSort,
  printFilters,
  printSort,
} from '../../../contract/list-query.ts'
import { parseShape, printShape, type Shape } from '../../ui/grid-shape.ts'
import type { ListSearch } from './list-search.ts'

/** Replaces what an address says of a list; `undefined` takes a part away. `quiet` leaves no step for Back. */
export type ChangeList = (changed: Partial<ListSearch>, quiet?: boolean) => void

export const usualShape = (kind: ListKind): Shape => ({
  columns: listColumns[kind].filter((column) => column.template || column.shown).map(({ key }) => key),
  pinned: 1,
})

/** A list as its address tells it, and the ways to change it. */
export function useListState(kind: ListKind, search: ListSearch, change: ChangeList) {
  return useMemo(() => {
    const columns = listColumns[kind]
    const usual = usualShape(kind)
    const known = columns.map(({ key }) => key)
    const filters = parseFilters(columns, search.filter ?? '') ?? []
    const sort = parseSort(columns, search.sort ?? '') ?? []
    return {
      filters,
      sort,
      shape: parseShape(search, known, usual),
      setShape: (shape: Shape) =>
        change({ cols: undefined, pin: undefined, ...printShape(shape, usual) }, true),
      setFilter: (column: string, filter: ListFilter | undefined) => {
        const rest = filters.filter((one) => one.column !== column)
        change({ filter: printFilters(filter ? [...rest, filter] : rest) || undefined })
      },
      sortWith: (column: string, add: boolean) => printSort(turned(sort, column, add)) || undefined,
      setSort: (next: ListSort[]) => change({ sort: printSort(next) || undefined }),
    }
  }, [kind, search, change])
}

export type ListState = ReturnType<typeof useListState>

/** Alone: ascending, descending, none. With others: the same within them. */
function turned(sort: readonly ListSort[], column: string, add: boolean): ListSort[] {
  const now = sort.find((one) => one.column === column)
  const next = now?.descending ? [] : [{ column, descending: now !== undefined }]
  if (!add) return next
  if (!now) return [...sort, ...next].slice(-5)
  return sort.flatMap((one) => (one.column === column ? next : [one]))
}
