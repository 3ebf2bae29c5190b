import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react'
import type { Measure } from '../../../contract/measurement.ts'
import type { TableColumn } from '../../../contract/standards.ts'
import { tableColumns } from '../../../contract/standards.ts'
import { Mark } from '../../ui/mark.tsx'
import { useWords } from '../../words.ts'
import { IndicatorCell } from './indicator-cell.tsx'
import { blockOf } from './paste.ts'
import { type Draft, type Row, spanOf } from './rows.ts'
import './sheet.css'

interface Props {
  rows: Row[]
  measures: readonly Measure[]
  onChange: (rows: Row[]) => void
  onPaste: (at: { row: number; column: string }, block: string[][]) => void
  foot: ReactNode
}

/** The indicator table, edited like a sheet: Tab goes on, Enter goes down, a block from Excel falls where it is pasted. */
export function IndicatorSheet({ rows, measures, onChange, onPaste, foot }: Props) {
  const { t, said } = useWords()
  const dimensions = rows.map(({ draft }) => draft.dimension)
  const change = (at: number, changed: Partial<Draft>, column: TableColumn) =>
    onChange(
      rows.map((row, i) =>
        i === at
          ? {
              ...row,
              draft: { ...row.draft, ...changed },
              unread: row.unread.filter((doubt) => doubt.column !== column),
            }
          : row,
      ),
    )
  return (
    <section className="grid-frame" aria-label={t('standards.table')}>
      <table className="grid sheet" onKeyDown={moved} onPaste={(event) => taken(event, onPaste)}>
        <caption className="unseen">{t('standards.table')}</caption>
        <thead>
          <tr>
            {tableColumns.map((column) => (
              <th key={column} scope="col" className={`sheet-${column}`}>
                {t(`standards.${column}`)}
              </th>
            ))}
            <th aria-label={t('standards.drop')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const measure = measures.find(({ code }) => code === row.draft.measure)
            return (
              <tr key={row.key}>
                {tableColumns.map((column) => (
                  <td
                    key={column}
                    data-title={t(`standards.${column}`)}
                    className={[
                      `sheet-${column}`,
                      column === 'dimension' && spanOf(dimensions, at) === 0 && 'sheet-same',
                    ]
                      .filter(Boolean)
                      .join(' ')}
                  >
                    <IndicatorCell
                      column={column}
                      row={at}
                      draft={row.draft}
                      measure={measure}
                      measures={measures}
                      onChange={(changed) => change(at, changed, column)}
                    />
                    {row.unread
                      .filter((doubt) => doubt.column === column)
                      .map((doubt) => (
                        <div key={doubt.column} className="sheet-doubt small">
                          <Mark kind="warn" word={t('standards.toConfirm')} /> <q>{doubt.text}</q>{' '}
                          {said(doubt.why)}
                        </div>
                      ))}
                  </td>
                ))}
                <td className="sheet-drop">
                  <button
                    type="button"
                    className="sheet-small"
                    aria-label={`${t('standards.drop')} ${said({ zh: row.draft.nameZh, en: row.draft.nameEn })}`}
                    title={t('standards.drop')}
                    onClick={() => onChange(rows.toSpliced(at, 1))}
                  >
                    ×
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {foot}
    </section>
  )
}

/** Enter goes to the same column of the next row, with Shift of the one before; an input method keeps its own Enter. */
function moved(event: KeyboardEvent<HTMLTableElement>): void {
  const field = event.target
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return
  event.preventDefault()
  const next = Number(field.dataset.row) + (event.shiftKey ? -1 : 1)
  const selector = `[data-row="${next}"][data-column="${field.dataset.column}"]`
  event.currentTarget.querySelector<HTMLElement>(selector)?.focus()
}

function taken(event: ClipboardEvent<HTMLTableElement>, onPaste: Props['onPaste']): void {
  const field = event.target
  const block = blockOf(event.clipboardData.getData('text/plain'))
  if (!block || !(field instanceof HTMLElement) || field.dataset.row === undefined) return
  event.preventDefault()
  onPaste({ row: Number(field.dataset.row), column: field.dataset.column ?? 'dimension' }, block)
}
