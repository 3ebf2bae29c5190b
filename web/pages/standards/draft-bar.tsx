import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  createDraft,
  deleteDraft,
  listDrafts,
  type StoredDraft,
  saveDraft,
} from '../../../contract/standards.ts'
import { call, codeOf } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { DraftRef } from './kept-draft.ts'
import './draft-bar.css'

const draftsQuery = { queryKey: ['drafts'], queryFn: () => call(listDrafts, {}) }

interface Props {
  /** The draft on the server that is open; undefined for the one in this browser alone. */
  opened: DraftRef | undefined
  unsaved: boolean
  content: () => StoredDraft['content']
  onOpen: (id: string | undefined) => void
  onSaved: (stored: StoredDraft) => void
  /** Throws the changes of this page away and shows what stands on the server. */
  onReread: () => void
  onDeleted: () => void
}

/** Drafts that are on the server: opened, saved under a name, deleted. A later save of somebody else is never overwritten. */
export function DraftBar({ opened, unsaved, content, onOpen, onSaved, onReread, onDeleted }: Props) {
  const { t } = useWords()
  const queries = useQueryClient()
  const drafts = useQuery(draftsQuery)
  const [name, setName] = useState(opened?.name ?? '')
  const saving = useMutation({
    mutationFn: (into: DraftRef | undefined) =>
      into
        ? call(saveDraft, {
            params: { id: into.id },
            body: { version: into.version, name, content: content() },
          })
        : call(createDraft, { body: { name, content: content() } }),
    onSuccess: (stored) => {
      void queries.invalidateQueries(draftsQuery)
      say(t('drafts.saved', { name: stored.name }))
      onSaved(stored)
    },
  })
  const deleting = useMutation({
    mutationFn: (id: string) => call(deleteDraft, { params: { id } }),
    onSuccess: () => {
      void queries.invalidateQueries(draftsQuery)
      onDeleted()
    },
  })
  const failed = saving.error ?? deleting.error
  const items = drafts.data?.items ?? []
  const stands = items.find(({ id }) => id === opened?.id)
  return (
    <section className="draft-bar" aria-label={t('drafts.title')}>
      <div className="row">
        {(items.length > 0 || opened) && (
          <Choose
            label={t('drafts.open')}
            all={t('drafts.here')}
            value={opened?.id}
            options={items.map((one) => ({ value: one.id, label: one.name }))}
            onChange={onOpen}
          />
        )}
        <Input
          className="draft-name"
          aria-label={t('drafts.name')}
          placeholder={t('drafts.nameHint')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Enter in a field of a form would publish.
            event.preventDefault()
            if (name.trim() !== '' && !event.nativeEvent.isComposing) saving.mutate(opened)
          }}
        />
        <Button
          onClick={() => saving.mutate(opened)}
          disabled={name.trim() === ''}
          loading={saving.isPending}
        >
          {t('drafts.save')}
        </Button>
        <State opened={opened} unsaved={unsaved} stands={stands} />
        <span className="grow" />
        {opened && (
          <Confirm
            title={t('drafts.delete')}
            what={t('drafts.deleteWhat', { name: opened.name })}
            yes={t('drafts.delete')}
            onYes={() => deleting.mutate(opened.id)}
            button={(ask) => (
              <Button size="small" onClick={ask} loading={deleting.isPending}>
                {t('drafts.delete')}
              </Button>
            )}
          />
        )}
      </div>
      {failed && (
        <div role="alert" className="refusal">
          <Detail error={failed} />
          {saving.error && codeOf(saving.error) === 'changed_meanwhile' && (
            <div className="row">
              <Button size="small" onClick={onReread}>
                {t('drafts.reread')}
              </Button>
              <Button size="small" onClick={() => saving.mutate(undefined)}>
                {t('drafts.saveNew')}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  )
}

/** Whether what is seen is what the server has, and who saved that when. */
function State({
  opened,
  unsaved,
  stands,
}: {
  opened: DraftRef | undefined
  unsaved: boolean
  stands: Omit<StoredDraft, 'content'> | undefined
}) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  if (opened && stands && stands.version > opened.version)
    return (
      <Mark
        kind="warn"
        word={t('drafts.newer', { who: stands.changedBy ?? '—', at: stamp(stands.changedAt) })}
      />
    )
  if (unsaved || !opened) return <span className="soft small">{t('standards.keptHere')}</span>
  return (
    <span className="soft small">
      {stands && t('drafts.savedBy', { who: stands.changedBy ?? '—', at: stamp(stands.changedAt) })}
    </span>
  )
}
