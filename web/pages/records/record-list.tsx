import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { Input } from 'antd'
import { memo, type ReactNode, useCallback, useMemo, useState } from 'react'
import { type ListKind, listColumns, maySort } from '../../../contract/list-columns.ts'
import { LargeGrid } from '../../ui/grid-large.tsx'
import { useRest } from '../../ui/grid-rest.ts'
import { foresee, type Question, type ReadWindow, useWindows } from '../../ui/grid-windows.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { ColumnMenu } from './column-menu.tsx'
import { ColumnsPanel } from './columns-panel.tsx'
import { followLink, type Listed, recordPath, useListColumns } from './list-cells.tsx'
import { ListChips } from './list-chips.tsx'
import { ListExport } from './list-export.tsx'
import type { ListSearch } from './list-search.ts'
import { ListViews } from './list-views.tsx'
import { NewRecord } from './new-record.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { type ChangeList, type ListState, useListState } from './use-list-state.ts'
import './record-list.css'

/** What is typed is looked for ahead once the typing rests. */
const typedMs = 200
const unnarrowing = ['sort', 'cols', 'pin', 'view']

interface Props {
  kind: ListKind
  title: string
  search: ListSearch
  change: ChangeList
  /** One window of the list under what the address says of it. */
  read: (
    query: Pick<ListSearch, 'filter' | 'sort' | 'unit'>,
    ...window: Parameters<ReadWindow<Listed>>
  ) => ReturnType<ReadWindow<Listed>>
  searchable?: boolean
  empty: ReactNode
}

/** A list of records: tabs, what narrows it, the table. Its address says all of it. */
export function RecordList({ kind, title, search, change, read, searchable = false, empty }: Props) {
  const navigate = useNavigate()
  const router = useRouter()
  const list = useListState(kind, search, change)
  const columns = useListColumns(kind, list.shape.columns)
  const questionOf = useCallback(
    ({ cols: _cols, pin: _pin, view: _view, ...query }: ListSearch): Question<Listed> => {
      const { sort: _sort, ...counted } = query
      return {
        key: [kind, query],
        counted: [kind, counted],
        read: (place, signal) => read(query, place, signal),
      }
    },
    [kind, read],
  )
  const question = useMemo(() => questionOf(search), [questionOf, search])
  const rows = useWindows(question)
  const client = useQueryClient()
  /** Fetches ahead what a change of the list would show. */
  const next = useCallback(
    (changed: Partial<ListSearch>) => foresee(client, questionOf({ ...search, ...changed })),
    [client, questionOf, search],
  )
  const narrowed =
    list.filters.length > 0 ||
    Object.entries(search).some(([name, value]) => !unnarrowing.includes(name) && value)
  const known = useMemo(() => new Map(listColumns[kind].map((column) => [column.key, column])), [kind])
  const open = (row: Listed) => void navigate({ to: recordPath(kind), params: { id: row.id } })
  return (
    <>
      <h1 className="unseen">{title}</h1>
      <RecordsTabs />
      <ListHead
        kind={kind}
        list={list}
        search={search}
        change={change}
        next={searchable ? next : undefined}
      />
      {rows.error && <Failure error={rows.error} onRetry={rows.retry} />}
      {rows.known === undefined && !rows.error && <Loading shape="table" rows={10} />}
      {rows.known === 0 && (narrowed ? <NothingFits /> : empty)}
      {rows.known !== undefined && rows.known > 0 && (
        <LargeGrid
          caption={title}
          columns={columns}
          pinned={list.shape.pinned}
          rows={rows}
          sorted={(key) => {
            const at = list.sort.findIndex(({ column }) => column === key)
            const sort = list.sort[at]
            return sort && { place: at + 1, descending: sort.descending, of: list.sort.length }
          }}
          onAim={(key) => {
            const column = known.get(key)
            if (column && maySort(column)) next({ sort: list.sortWith(key, false) })
          }}
          onSort={(key, add) => {
            const column = known.get(key)
            if (column && maySort(column)) change({ sort: list.sortWith(key, add) })
          }}
          filtered={(key) => list.filters.some(({ column }) => column === key)}
          menu={(key, close) => {
            const column = known.get(key)
            return column && <ColumnMenu column={column} list={list} close={close} />
          }}
          onOpen={open}
          onPress={(event) => followLink(event, (href) => router.history.push(href))}
        />
      )}
    </>
  )
}

interface HeadProps extends Pick<Props, 'kind' | 'search' | 'change'> {
  list: ListState
  /** Absent where numbers are not searched for. */
  next: ((changed: Partial<ListSearch>) => void) | undefined
}

/** Not drawn anew with every step in the table below it. */
const ListHead = memo(function DrawnHead({ kind, list, search, change, next }: HeadProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState<string>()
  useRest(typed, typedMs, (text) => next?.({ search: text || undefined }))
  return (
    <>
      <div className="page-head list-head">
        {next && (
          <Input.Search
            className="search"
            key={search.search ?? ''}
            defaultValue={search.search ?? ''}
            placeholder={t('records.search')}
            aria-label={t('records.search')}
            allowClear
            maxLength={100}
            onChange={(event) => setTyped(event.target.value)}
            onSearch={(text) => change({ search: text || undefined })}
          />
        )}
        <ListViews kind={kind} search={search} change={change} />
        <span className="grow" />
        <ColumnsPanel kind={kind} list={list} />
        <ListExport kind={kind} search={search} columns={list.shape.columns} />
        <NewRecord kind={kind} />
      </div>
      <ListChips kind={kind} list={list} search={search} change={change} />
    </>
  )
})

function NothingFits() {
  const { t } = useWords()
  return <Empty title={t('records.nothingFits')}>{t('records.nothingFitsWhy')}</Empty>
}
