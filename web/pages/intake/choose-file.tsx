import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { type DragEvent, useState } from 'react'
import { importTemplate, kinds, uploadFile } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { addressOf } from '../../paths.ts'
import { Choose } from '../../ui/choose.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import type { Kind } from './import.tsx'

interface Props {
  kind: Kind
  source: string
  onKind: (kind: Kind) => void
  onSource: (source: string) => void
  onUploaded: (file: string) => void
}

/** What the file holds, whose numbers they are, and the file: dropped or chosen. */
export function ChooseFile({ kind, source, onKind, onSource, onUploaded }: Props) {
  const { t, label } = useWords()
  const [over, setOver] = useState(false)
  const sending = useMutation({
    mutationFn: (file: File) => call(uploadFile, { query: { fileName: file.name }, file }),
    onSuccess: (kept) => onUploaded(kept.id),
  })
  const take = (file: File | undefined) => {
    if (file && !sending.isPending) sending.mutate(file)
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <section className="panel stack">
      <div className="import-asked">
        <div className="import-field">
          <span className="soft small">{t('import.kind')}</span>
          <Choose
            label={t('import.kind')}
            value={kind}
            onChange={(one) => onKind((one ?? 'work-orders') as Kind)}
            options={kinds.map((one) => ({ value: one, label: label('kind', one) }))}
          />
        </div>
        <label className="import-field" htmlFor="import-source">
          <span className="soft small">{t('import.source')}</span>
          <Input
            id="import-source"
            className="search"
            defaultValue={source}
            placeholder={t('import.sourceHint')}
            maxLength={120}
            onBlur={(event) => onSource(event.target.value.trim())}
          />
        </label>
        <a className="import-template" href={addressOf(importTemplate, { params: { kind } })} download>
          <DownloadOutlined aria-hidden /> {t('import.template', { kind: label('kind', kind) })}
        </a>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the input inside is the way for all */}
      <div
        className={over ? 'import-drop import-drop-over' : 'import-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        {sending.isPending ? (
          <Mark kind="busy" word={t('import.sending', { file: sending.variables.name })} />
        ) : (
          <>
            <label className="import-choose">
              <input
                type="file"
                accept=".xlsx,.csv,.tsv,.txt"
                onChange={(event) => {
                  take(event.target.files?.[0])
                  // The same file again, mended meanwhile, is a choice too.
                  event.target.value = ''
                }}
              />
              {t('import.chooseFile')}
            </label>
            <p>{t('import.drop')}</p>
          </>
        )}
        <p className="soft small">{t('import.formats')}</p>
      </div>
      {sending.error && (
        <div role="alert">
          <Detail error={sending.error} />
        </div>
      )}
    </section>
  )
}
