import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { kinds, previewFile } from '../../../contract/intake.ts'
import { call, codeOf } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordsTabs } from '../records/records-tabs.tsx'
import { BatchResult } from './batch-result.tsx'
import { ChooseFile } from './choose-file.tsx'
import { type Draft, useDraft } from './draft.ts'
import { History } from './history.tsx'
import { MappingStep } from './mapping-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { Steps } from './steps.tsx'
import './import.css'
import './preview-rows.css'

export type Kind = (typeof kinds)[number]
const route = getRouteApi('/inside/records/import')
const kindOf = (word: string | undefined): Kind => kinds.find((one) => one === word) ?? 'work-orders'

/** Choose a file → which column is what → look and mend → import; then see what it did, and take it back. */
export function ImportPage() {
  const { t } = useWords()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  if (!me.can.import) return <NoPermission />
  const kind = kindOf(search.kind)
  const source = search.source ?? ''
  const about = { kind: search.kind, source: search.source }
  const showBatch = (batch: string) => void navigate({ search: { ...about, batch } })
  const again = () => void navigate({ search: about })
  return (
    <>
      <h1 className="unseen">{t('records.import')}</h1>
      <RecordsTabs />
      <div className="stack">
        {search.batch ? (
          <>
            <Steps at="done" />
            <BatchResult id={search.batch} onAnother={again} />
          </>
        ) : search.file ? (
          <Wizard key={search.file} file={search.file} kind={kind} source={source} />
        ) : (
          <>
            <Steps at="choose" />
            <ChooseFile
              kind={kind}
              source={source}
              onKind={(one) => void navigate({ search: { ...about, kind: one }, replace: true })}
              onSource={(one) =>
                void navigate({ search: { ...about, source: one || undefined }, replace: true })
              }
              onUploaded={(file) => void navigate({ search: { ...about, kind, file, step: 'map' } })}
            />
          </>
        )}
        {!search.file && <History onOpen={showBatch} current={search.batch} />}
      </div>
    </>
  )
}

function Wizard({ file, kind, source }: { file: string; kind: Kind; source: string }) {
  const { t } = useWords()
  const { step = 'map', show } = route.useSearch()
  const navigate = route.useNavigate()
  const [draft, setDraft] = useDraft(file)
  const reading = { kind, ...(source && { source }), ...draft }
  const preview = useQuery({
    queryKey: ['preview', file, reading, 'errors'],
    queryFn: ({ signal }) =>
      call(previewFile, { params: { id: file }, body: { ...reading, show: 'errors' }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const go = (to: 'map' | 'preview') => void navigate({ search: (before) => ({ ...before, step: to }) })
  const choose = () => void navigate({ search: { kind, source: source || undefined } })
  const change = (next: (draft: Draft) => Draft) => setDraft(next)
  const now = preview.data
  const at = step === 'preview' && now && now.faults.length === 0 ? 'preview' : 'map'
  const gone = codeOf(preview.error) === 'upload_gone'
  return (
    <>
      <Steps at={at} onBack={(to) => (to === 'choose' ? choose() : go(to))} />
      {preview.error && (
        <Failure error={preview.error} {...(!gone && { onRetry: () => void preview.refetch() })} />
      )}
      {preview.error && (
        <div className="row">
          <Button onClick={choose}>{t('import.otherFile')}</Button>
          {Object.keys(draft).length > 0 && !gone && (
            <Button onClick={() => setDraft(() => ({}))}>{t('import.startOver')}</Button>
          )}
        </div>
      )}
      {!now && !preview.error && <Loading rows={8} />}
      {now && at === 'map' && (
        <MappingStep
          kind={kind}
          preview={now}
          draft={draft}
          busy={preview.isFetching}
          onLayout={(layout) =>
            // Other columns than before: what was decided about those no longer holds.
            change(({ duplicates }) => ({ layout, ...(duplicates && { duplicates }) }))
          }
          onMapping={(mapping) =>
            change(({ mapping: _, ...rest }) => (mapping ? { ...rest, mapping } : rest))
          }
          onNext={() => go('preview')}
        />
      )}
      {now && at === 'preview' && (
        <PreviewStep
          file={file}
          kind={kind}
          source={source}
          draft={draft}
          preview={now}
          busy={preview.isFetching || preview.error !== null}
          show={show}
          onShow={(one) => void navigate({ search: (before) => ({ ...before, show: one }), replace: true })}
          onDraft={change}
          onStarted={(batch) =>
            void navigate({ search: { kind, source: source || undefined, batch }, replace: true })
          }
        />
      )}
    </>
  )
}
