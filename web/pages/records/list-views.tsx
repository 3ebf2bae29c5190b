import { CloseOutlined, PushpinFilled, PushpinOutlined, SaveOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ListKind } from '../../../contract/list-columns.ts'
import { chooseUsualView, deleteView, listViews, saveView, type View } from '../../../contract/records.ts'
import { call } from '../../call.ts'
import { filled } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { Drop } from '../../ui/drop.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { type ListSearch, listSearch } from './list-search.ts'
import type { ChangeList } from './use-list-state.ts'

interface Props {
  kind: ListKind
  search: ListSearch
  change: ChangeList
}

const nothing: ListSearch = {
  filter: undefined,
  sort: undefined,
  cols: undefined,
  pin: undefined,
  view: undefined,
  search: undefined,
  unit: undefined,
  product: undefined,
  agent: undefined,
  from: undefined,
  to: undefined,
}

/** What a view keeps: the address without the word that says which view. */
const queryOf = ({ view: _view, ...search }: ListSearch): string =>
  new URLSearchParams(Object.entries(filled(search)).sort()).toString()

const searchOf = (query: string): ListSearch => ({
  ...nothing,
  ...listSearch.parse(Object.fromEntries(new URLSearchParams(query))),
})

/** Saved views as chips: all, one's own, the team's. The one that is shown is marked. */
export function ListViews({ kind, search, change }: Props) {
  const { t } = useWords()
  const views = useQuery({
    queryKey: ['views', kind],
    queryFn: () => call(listViews, { query: { list: kind } }),
    staleTime: 60_000,
  })
  const items = views.data?.items ?? []
  useUsualView(items, search, change)
  const here = queryOf(search)
  const usual = items.find((view) => view.usual)
  return (
    <div className="row list-views">
      <button
        type="button"
        className="view-chip"
        aria-pressed={here === ''}
        onClick={() => change({ ...nothing, ...(usual && { view: 'all' as const }) })}
      >
        {t('view.all')}
      </button>
      {items.map((view) => (
        <ViewChip
          key={view.id}
          view={view}
          shown={here === view.query}
          onShow={() => change(searchOf(view.query))}
        />
      ))}
      {here !== '' && !items.some(({ query }) => query === here) && <SaveView kind={kind} query={here} />}
    </div>
  )
}

/** A list opened without a word in its address opens with the usual view; that is no step for Back. */
function useUsualView(items: readonly View[], search: ListSearch, change: ChangeList): void {
  const asked = useRef(false)
  const usual = items.find((view) => view.usual)
  const blank = queryOf(search) === '' && search.view === undefined
  useEffect(() => {
    if (asked.current || !usual) return
    asked.current = true
    if (blank) change(searchOf(usual.query), true)
  }, [usual, blank, change])
}

function ViewChip({ view, shown, onShow }: { view: View; shown: boolean; onShow: () => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const fresh = () => queries.invalidateQueries({ queryKey: ['views'] })
  const again = useMutation({
    mutationFn: () =>
      call(saveView, { body: { list: view.list, name: view.name, query: view.query, team: view.team } }),
    onSuccess: fresh,
  })
  const removing = useMutation({
    mutationFn: () => call(deleteView, { params: { id: view.id } }),
    onSuccess: () => {
      say(t('view.deleted', { name: view.name }), () => again.mutate())
      return fresh()
    },
  })
  const choosing = useMutation({
    mutationFn: () => call(chooseUsualView, { params: { id: view.id }, body: { usual: !view.usual } }),
    onSuccess: fresh,
  })
  return (
    <span className="view-chip-frame" data-shown={shown}>
      <button type="button" className="view-chip" aria-pressed={shown} onClick={onShow}>
        {view.usual && <PushpinFilled aria-label={t('view.usual')} />} {view.name}
        {view.team && <span className="soft small"> {t('view.team')}</span>}
      </button>
      {shown && (
        <>
          <Button
            type="text"
            size="small"
            icon={view.usual ? <PushpinFilled /> : <PushpinOutlined />}
            aria-pressed={view.usual}
            title={t('view.makeUsual')}
            aria-label={t('view.makeUsual')}
            onClick={() => choosing.mutate()}
          />
          {view.mayDelete && (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              title={t('view.delete')}
              aria-label={t('view.delete')}
              onClick={() => removing.mutate()}
            />
          )}
        </>
      )}
    </span>
  )
}

function SaveView({ kind, query }: { kind: ListKind; query: string }) {
  const { t } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [team, setTeam] = useState(false)
  const saving = useMutation({
    mutationFn: () => call(saveView, { body: { list: kind, name: name.trim(), query, team } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['views'] }),
  })
  // Auditors read; they keep nothing here.
  if (me.roles.every((role) => role === 'auditor')) return null
  return (
    <Drop
      button={(open, toggle) => (
        <Button type="text" size="small" icon={<SaveOutlined />} aria-expanded={open} onClick={toggle}>
          {t('view.save')}
        </Button>
      )}
    >
      {() => (
        <form
          className="column-filter save-view"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            if (name.trim() !== '') saving.mutate()
          }}
        >
          <Input
            autoFocus
            value={name}
            maxLength={40}
            aria-label={t('view.name')}
            placeholder={t('view.name')}
            onChange={(event) => setName(event.target.value)}
          />
          <label className="column-choice">
            <input type="checkbox" checked={team} onChange={(event) => setTeam(event.target.checked)} />{' '}
            {t('view.forTeam')}
          </label>
          {saving.error && <Detail error={saving.error} />}
          <Button type="primary" size="small" htmlType="submit" loading={saving.isPending}>
            {t('view.save')}
          </Button>
        </form>
      )}
    </Drop>
  )
}
