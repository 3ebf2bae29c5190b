import { Button } from 'antd'
import type { Preview } from '../../../contract/intake.ts'
import { keepsUnused } from '../../../contract/intake-shapes.ts'
import { Mark } from '../../ui/mark.tsx'
import { useWords } from '../../words.ts'
import type { Draft, Mapping } from './draft.ts'
import type { Kind } from './import.tsx'
import { LayoutBar } from './layout-bar.tsx'
import { MappingTable } from './mapping-table.tsx'

interface Props {
  kind: Kind
  preview: Preview
  draft: Draft
  busy: boolean
  onLayout: (layout: NonNullable<Draft['layout']>) => void
  onMapping: (mapping: Mapping | undefined) => void
  onNext: () => void
}

/** Which column is which field. What is required and has no column stops here, before anything is read or written. */
export function MappingStep({ kind, preview, draft, busy, onLayout, onMapping, onNext }: Props) {
  const { t, said } = useWords()
  const mapping = draft.mapping ?? preview.mapping
  const mapped = Object.keys(mapping.columns ?? {}).length
  return (
    <section className={busy ? 'panel stack waiting' : 'panel stack'}>
      <div className="row">
        <h2>{t('import.mapping')}</h2>
        <span className="soft">
          {preview.fileName} · {t('import.mappedOf', { n: mapped, all: preview.header.length })}
        </span>
        <span className="grow" />
        {draft.mapping && <Button onClick={() => onMapping(undefined)}>{t('import.guessAgain')}</Button>}
        <Button type="primary" disabled={preview.faults.length > 0 || busy} onClick={onNext}>
          {t('import.toPreview')}
        </Button>
      </div>
      <LayoutBar preview={preview} layout={draft.layout} onChange={onLayout} />
      {preview.faults.length > 0 && (
        <ul className="import-faults" role="alert">
          {preview.faults.map((fault) => (
            <li key={`${fault.code} ${fault.field} ${fault.column}`}>
              <Mark kind="bad" word={said(fault.message)} />
            </li>
          ))}
        </ul>
      )}
      {preview.mappedBy === 'memory' && <Mark kind="good" word={t('import.remembered')} />}
      <MappingTable kind={kind} preview={preview} mapping={mapping} onChange={onMapping} />
      {preview.unmapped.length > 0 && (
        <p className="soft">
          {t(keepsUnused(kind) ? 'import.unmappedKept' : 'import.unmappedDropped', {
            n: preview.unmapped.length,
            list: preview.unmapped.join(', '),
          })}
        </p>
      )}
    </section>
  )
}
