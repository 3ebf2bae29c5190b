import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { useEffect, useRef } from 'react'
import { type Batch, cancelImport, downloadErrors, readImport } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { addressOf } from '../../paths.ts'
import { Mark, type MarkKind } from '../../ui/mark.tsx'
import { Detail, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { OfferClearDemo } from '../shell/offer-clear-demo.tsx'
import { Counts } from './counts.tsx'
import { Rejections } from './rejections.tsx'
import { UndoImport } from './undo-import.tsx'
import { Warnings } from './warnings.tsx'

export const pollMs = 700
export const isRunning = (batch: Batch | undefined) =>
  batch?.state === 'waiting' || batch?.state === 'running'
export const batchMark: Record<Batch['state'], MarkKind> = {
  waiting: 'busy',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'none',
  undone: 'none',
}

/** One import while it runs and after; survives a reload, since the address names it. */
export function BatchResult({ id, onAnother }: { id: string; onAnother: () => void }) {
  const { t, label, said } = useWords()
  const queries = useQueryClient()
  const params = { id }
  const batch = useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => call(readImport, { params, signal }),
    refetchInterval: ({ state }) => (isRunning(state.data) ? pollMs : false),
  })
  const refreshOthers = () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'import' })
  const changed = (after: Batch) => {
    queries.setQueryData(['import', id], after)
    return refreshOthers()
  }
  // Taken as running until read: a small file is often done before it is asked for the first time.
  const wasRunning = useRef(true)
  const state = batch.data?.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the state makes the rest old
  useEffect(() => {
    if (state === undefined) return
    if (wasRunning.current && !isRunning(batch.data)) void refreshOthers()
    wasRunning.current = isRunning(batch.data)
  }, [state])
  const cancelling = useMutation({ mutationFn: () => call(cancelImport, { params }), onSuccess: changed })
  if (batch.error) return <Failure error={batch.error} onRetry={() => void batch.refetch()} />
  if (!batch.data) return <Loading />
  const one = batch.data
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{one.fileName}</h2>
        <Mark kind={batchMark[one.state]} word={label('batch', one.state)} />
        <span className="grow" />
        {isRunning(one) && (
          <Button danger loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
            {t('action.cancel')}
          </Button>
        )}
        {one.rejected > 0 && !isRunning(one) && (
          <Button href={addressOf(downloadErrors, { params })} download>
            {t('import.errorsFile')}
          </Button>
        )}
        {one.state === 'done' && <UndoImport batch={one} onUndone={changed} />}
        {!isRunning(one) && (
          <Button onClick={onAnother}>{t(one.rejected > 0 ? 'import.fixed' : 'import.another')}</Button>
        )}
        {one.state === 'done' && (
          <Link to="/board" className="import-board">
            {t('state.toBoard')}
          </Link>
        )}
      </div>
      {one.progress && isRunning(one) && <Running progress={one.progress} />}
      {one.failure && <p role="alert">{said(one.failure)}</p>}
      {cancelling.error && <Detail error={cancelling.error} />}
      {one.state === 'done' && one.accepted + one.updated > 0 && <OfferClearDemo />}
      <Counts batch={one} />
      <BatchAbout batch={one} />
      {one.state === 'done' && one.rejected > 0 && <p className="soft">{t('import.fixHint')}</p>}
      {one.kept && one.kept.length > 0 && (
        <p>{t('import.kept', { list: one.kept.map(({ externalId }) => externalId).join(', ') })}</p>
      )}
      <Rejections batch={one} />
      <Warnings warnings={one.warnings} />
    </section>
  )
}

/** Whose file it was, when, and how it was taken in. */
function BatchAbout({ batch }: { batch: Batch }) {
  const { t, label } = useWords()
  const { stamp, count } = useNumbers()
  const parts = [
    label('kind', batch.kind),
    batch.source === batch.kind ? t('import.sourceDefault') : batch.source,
    batch.user ?? t('import.byCommand'),
    stamp(batch.createdAt),
    ...(batch.duplicates === 'update' ? [] : [t(`importDuplicates.${batch.duplicates}`)]),
    ...(batch.corrected > 0 ? [t('import.mended', { n: count(batch.corrected) })] : []),
    ...(batch.warned > 0 ? [t('import.warnedRows', { n: count(batch.warned) })] : []),
  ]
  return <p className="soft small">{parts.join(' · ')}</p>
}

function Running({ progress }: { progress: NonNullable<Batch['progress']> }) {
  const { t } = useWords()
  const { count, duration } = useNumbers()
  const left =
    progress.secondsLeft === null ? '' : t('import.left', { time: duration(progress.secondsLeft / 60) })
  const share = progress.total > 0 ? Math.floor((100 * progress.bytes) / progress.total) : 0
  return (
    <div>
      <Progress percent={Math.min(share, 100)} aria-label={t('batch.running')} />
      <span className="soft small number">
        {t('import.speed', { rows: count(progress.rows), speed: count(progress.rowsPerSecond) })}
        {left}
      </span>
    </div>
  )
}
