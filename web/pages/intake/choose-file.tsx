import { Select } from 'antd'
import { type DragEvent, useState } from 'react'
import { kinds } from '../../../contract/intake.ts'
import { useWords } from '../../words.ts'
import type { Kind } from './import.tsx'

interface Props {
  kind: Kind
  onKind: (kind: Kind) => void
  onFile: (file: File) => void
}

/** What the file holds, and the file: dropped or chosen. */
export function ChooseFile({ kind, onKind, onFile }: Props) {
  const { t, label } = useWords()
  const [over, setOver] = useState(false)
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <section className="panel stack">
      <h2>{t('import.choose')}</h2>
      <div className="row">
        <span id="kind-name">{t('import.kind')}</span>
        <Select
          className="search"
          aria-labelledby="kind-name"
          value={kind}
          onChange={onKind}
          options={kinds.map((one) => ({ value: one, label: label('kind', one) }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the input inside is the way for all */}
      <div
        className={over ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        <label className="drop-choose">
          <input
            type="file"
            accept=".xlsx,.csv,.tsv,.txt"
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file) onFile(file)
            }}
          />
          {t('import.chooseFile')}
        </label>
        <p className="soft">{t('import.drop')}</p>
        <p className="soft small">{t('import.formats')}</p>
      </div>
    </section>
  )
}
