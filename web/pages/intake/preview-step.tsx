import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { importUpload, type Preview, previewFile } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { Counts } from './counts.tsx'
import { corrected, type Draft } from './draft.ts'
import type { Kind } from './import.tsx'
import { PreviewRows } from './preview-rows.tsx'
import { Strangers } from './strangers.tsx'
import { Warnings } from './warnings.tsx'

export type Show = 'errors' | 'warnings' | 'all'

interface Props {
  file: string
  kind: Kind
  source: string
  draft: Draft
  /** What the whole file comes to, from the step before. */
  preview: Preview
  busy: boolean
  show: Show | undefined
  onShow: (show: Show) => void
  onDraft: (change: (draft: Draft) => Draft) => void
  onStarted: (batchId: string) => void
}

/** What the same parser would do with the file, and what stands in its way, to be mended in place. */
export function PreviewStep(props: Props) {
  const { file, kind, source, draft, preview, busy, onShow, onDraft, onStarted } = props
  const { t } = useWords()
  const { count } = useNumbers()
  const result = preview.result
  const show = props.show ?? ((result?.rejected ?? 0) > 0 ? 'errors' : 'all')
  const reading = { kind, ...(source && { source }), ...draft }
  const rows = useQuery({
    queryKey: ['preview', file, reading, show],
    queryFn: ({ signal }) => call(previewFile, { params: { id: file }, body: { ...reading, show }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: show !== 'errors',
  })
  const starting = useMutation({
    mutationFn: () => call(importUpload, { params: { id: file }, body: reading }),
    onSuccess: (batch) => onStarted(batch.id),
  })
  const shown = show === 'errors' ? preview : (rows.data ?? preview)
  if (!result) return null
  const taken = result.rows - result.rejected
  const kinds = [
    ['all', result.rows],
    ['errors', result.rejected],
    ['warnings', result.warned],
  ] as const
  const mended = draft.corrections?.length ?? 0
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{t('import.preview')}</h2>
        <span className="soft">{preview.fileName}</span>
        <span className="grow" />
        <Button
          type="primary"
          disabled={busy || taken === 0}
          loading={starting.isPending}
          onClick={() => starting.mutate()}
        >
          {preview.whole ? t('import.startRows', { n: count(taken) }) : t('import.start')}
        </Button>
      </div>
      {!preview.whole && <Mark kind="none" word={t('import.partly', { n: count(result.rows) })} />}
      {starting.error && (
        <div role="alert">
          <Detail error={starting.error} />
        </div>
      )}
      <div className={busy ? 'stack waiting' : 'stack'} aria-busy={busy}>
        <Counts batch={result} planned />
        {preview.people.length > 0 && (
          <Strangers
            people={preview.people}
            onChoose={(name, meant) =>
              onDraft((before) => {
                const mapping = before.mapping ?? preview.mapping
                const agents = { ...mapping.values?.agent, [name]: meant }
                return { ...before, mapping: { ...mapping, values: { ...mapping.values, agent: agents } } }
              })
            }
          />
        )}
        <div className="row">
          <fieldset className="segments">
            <legend className="unseen">{t('import.show')}</legend>
            {kinds.map(([one, n]) => (
              <button
                key={one}
                type="button"
                aria-pressed={show === one}
                disabled={n === 0 && show !== one}
                onClick={() => onShow(one)}
              >
                {t(`importShow.${one}`)} <span className="number">{count(n)}</span>
              </button>
            ))}
          </fieldset>
          <span className="grow" />
          <span className="soft small">{t('import.duplicates')}</span>
          <Choose
            label={t('import.duplicates')}
            value={draft.duplicates ?? 'update'}
            onChange={(one) =>
              onDraft((before) => ({ ...before, duplicates: one as NonNullable<Draft['duplicates']> }))
            }
            options={(['update', 'skip', 'overwrite'] as const).map((one) => ({
              value: one,
              label: t(`importDuplicates.${one}`),
            }))}
          />
        </div>
        {mended > 0 && (
          <div className="row">
            <Mark kind="good" word={t('import.mended', { n: count(mended) })} />
            <Button size="small" onClick={() => onDraft(({ corrections: _, ...rest }) => rest)}>
              {t('import.unmend')}
            </Button>
          </div>
        )}
        {shown.rows.length > 0 ? (
          <PreviewRows
            preview={shown}
            corrections={draft.corrections ?? []}
            onCorrect={(cell) => onDraft((before) => corrected(before, cell))}
          />
        ) : (
          <p className="import-clear">
            <Mark kind="good" word={t('import.nothingWrong')} />
          </p>
        )}
        {shown.next !== null && (
          <p className="soft small">{t('import.firstShown', { n: count(shown.rows.length) })}</p>
        )}
        <Warnings warnings={result.warnings} />
      </div>
    </section>
  )
}
