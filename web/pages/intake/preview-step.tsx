import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { type mapping as mappingSchema, previewImport, startImport } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { Detail, Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { Counts } from './counts.tsx'
import { Doubts } from './doubts.tsx'
import type { Kind } from './import.tsx'
import { MappingTable } from './mapping-table.tsx'

export type Mapping = z.infer<typeof mappingSchema>

interface Props {
  kind: Kind
  file: File
  onBack: () => void
  onStarted: (batchId: string) => void
}

/** What the same parser would do with the file; nothing is written before the button is pressed. */
export function PreviewStep({ kind, file, onBack, onStarted }: Props) {
  const { t, label } = useWords()
  const [source, setSource] = useState('')
  const [mapping, setMapping] = useState<Mapping>()
  const query = {
    kind,
    fileName: file.name,
    ...(source.trim() && { source: source.trim() }),
    ...(mapping && { mapping: JSON.stringify(mapping) }),
  }
  const preview = useQuery({
    queryKey: ['preview', file.name, file.size, file.lastModified, query],
    queryFn: ({ signal }) => call(previewImport, { query, file, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const starting = useMutation({
    mutationFn: () => call(startImport, { query, file }),
    onSuccess: (batch) => onStarted(batch.id),
  })
  const now = preview.data
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{t('import.preview')}</h2>
        <span className="soft">
          {label('kind', kind)} · {file.name}
          {now?.encoding && ` · ${now.encoding}`}
        </span>
        <span className="grow" />
        <Button onClick={onBack}>{t('import.otherFile')}</Button>
        <Button
          type="primary"
          disabled={!now || preview.isFetching || preview.error !== null}
          loading={starting.isPending}
          onClick={() => starting.mutate()}
        >
          {t('import.start')}
        </Button>
      </div>
      <label className="row" htmlFor="import-source">
        {t('import.source')}
        <Input
          id="import-source"
          className="search"
          defaultValue={source}
          placeholder={t('import.sourceHint')}
          maxLength={120}
          onBlur={(event) => setSource(event.target.value)}
        />
      </label>
      {starting.error && (
        <div role="alert">
          <Detail error={starting.error} />
        </div>
      )}
      {preview.error && <Failure error={preview.error} onRetry={() => void preview.refetch()} />}
      {mapping && preview.error && (
        <Button onClick={() => setMapping(undefined)}>{t('import.guessAgain')}</Button>
      )}
      {preview.isPending && <Loading rows={8} />}
      {now && (
        <div className={preview.isFetching ? 'waiting stack' : 'stack'}>
          {now.result && <Counts batch={now.result} planned />}
          <MappingTable kind={kind} preview={now} mapping={mapping ?? now.mapping} onChange={setMapping} />
          {now.result && <Doubts batch={now.result} />}
        </div>
      )}
    </section>
  )
}
