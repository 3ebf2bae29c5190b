import { useNavigate, useRouter } from '@tanstack/react-router'
import { Input } from 'antd'
import { type ReactNode, useCallback, useMemo } from 'react'
import { type ListKind, listColumns, maySort } from '../../../contract/list-columns.ts'
import { LargeGrid } from '../../ui/grid-large.tsx'
import { type ReadWindow, useWindows } from '../../ui/grid-windows.ts'
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
import { type ChangeList, useListState } from './use-list-state.ts'
import './record-list.css'

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
  const { t } = useWords()
  const navigate = useNavigate()
  const router = useRouter()
  const list = useListState(kind, search, change)
  const columns = useListColumns(kind, list.shape.columns)
  const query = useMemo(() => {
    const { cols: _cols, pin: _pin, view: _view, ...asked } = search
    return asked
  }, [search])
  const readHere = useCallback<ReadWindow<Listed>>(
    (place, signal) => read(query, place, signal),
    [read, query],
  )
  const rows = useWindows<Listed>([kind, query], readHere)
  const narrowed =
    list.filters.length > 0 || Object.entries(query).some(([name, value]) => name !== 'sort' && value)
  const known = useMemo(() => new Map(listColumns[kind].map((column) => [column.key, column])), [kind])
  const open = (row: Listed) => void navigate({ to: recordPath(kind), params: { id: row.id } })
  return (
    <>
      <h1 className="unseen">{title}</h1>
      <RecordsTabs />
      <div className="page-head list-head">
        {searchable && (
          <Input.Search
            className="search"
            key={search.search ?? ''}
            defaultValue={search.search ?? ''}
            placeholder={t('records.search')}
            aria-label={t('records.search')}
            allowClear
            maxLength={100}
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
      {rows.error && <Failure error={rows.error} onRetry={rows.retry} />}
      {rows.total === undefined && !rows.error && <Loading shape="table" rows={10} />}
      {rows.total === 0 && (narrowed ? <NothingFits /> : empty)}
      {rows.total !== undefined && rows.total > 0 && (
        <LargeGrid
          // Another filter or order is another table: nothing is selected in it yet.
          key={rows.id}
          caption={title}
          columns={columns}
          pinned={list.shape.pinned}
          rows={rows}
          keyOf={({ id }) => id}
          sorted={(key) => {
            const at = list.sort.findIndex(({ column }) => column === key)
            const sort = list.sort[at]
            return sort && { place: at + 1, descending: sort.descending, of: list.sort.length }
          }}
          onSort={(key, add) => {
            const column = known.get(key)
            if (column && maySort(column)) list.sortBy(key, add)
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

function NothingFits() {
  const { t } = useWords()
  return <Empty title={t('records.nothingFits')}>{t('records.nothingFitsWhy')}</Empty>
}
