import type { Preview } from '../../../contract/intake.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import type { Draft } from './draft.ts'

interface Props {
  preview: Preview
  layout: Draft['layout']
  onChange: (layout: NonNullable<Draft['layout']>) => void
}

const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5']

/** How the file was read: its sheet, the row of its header, its encoding. What was found can be put right. */
export function LayoutBar({ preview, layout, onChange }: Props) {
  const { t } = useWords()
  const now = {
    ...(preview.sheet !== null && { sheet: preview.sheet }),
    headerRow: preview.headerRow,
    ...(preview.encoding !== null && { encoding: preview.encoding }),
    ...layout,
  }
  const lines = preview.top.map(({ line, cells }) => ({
    value: String(line),
    label: t('import.headerLine', { line, cells: clipped(cells) }),
  }))
  if (!lines.some(({ value }) => value === String(preview.headerRow)))
    lines.push({
      value: String(preview.headerRow),
      label: t('import.headerLine', { line: preview.headerRow, cells: clipped(preview.header) }),
    })
  const known = preview.encoding ?? ''
  return (
    <div className="import-asked">
      {preview.sheets.length > 0 && (
        <div className="import-field">
          <span className="soft small">{t('import.sheet', { n: preview.sheets.length })}</span>
          <Choose
            label={t('import.sheet', { n: preview.sheets.length })}
            value={preview.sheet ?? undefined}
            onChange={(sheet) => sheet && onChange({ sheet })}
            options={preview.sheets.map(({ name, hidden }) => ({
              value: name,
              label: hidden ? t('import.hiddenSheet', { name }) : name,
            }))}
          />
        </div>
      )}
      <div className="import-field">
        <span className="soft small">{t('import.headerRow')}</span>
        <Choose
          label={t('import.headerRow')}
          value={String(preview.headerRow)}
          onChange={(line) => onChange({ ...now, headerRow: Number(line) })}
          options={lines}
        />
      </div>
      {preview.encoding !== null && (
        <div className="import-field">
          <span className="soft small">{t('import.encoding')}</span>
          <Choose
            label={t('import.encoding')}
            value={known}
            onChange={(encoding) => encoding && onChange({ ...now, encoding })}
            options={[...new Set([known, ...encodings])].map((one) => ({
              value: one,
              label: one.toUpperCase(),
            }))}
          />
        </div>
      )}
    </div>
  )
}

const clipped = (cells: (string | null)[]): string => {
  const text = cells.filter(Boolean).join(' · ')
  return text.length > 36 ? `${text.slice(0, 36)}…` : text
}
