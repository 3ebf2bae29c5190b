import { type KeyboardEvent, useRef } from 'react'
import type { Preview } from '../../../contract/intake.ts'
import { useWords } from '../../words.ts'
import type { Correction } from './draft.ts'

interface Props {
  preview: Preview
  corrections: Correction[]
  onCorrect: (correction: Correction) => void
}

type Row = Preview['rows'][number]

/** The rows as they were read. In a row that has a fault each cell can be written over and is read again. */
export function PreviewRows({ preview, corrections, onCorrect }: Props) {
  const { t, said } = useWords()
  const frame = useRef<HTMLElement>(null)
  const mended = new Set(corrections.map(({ line, column }) => `${line} ${column}`))
  // Columns with a fault come first: they are what the reader is here for.
  const wrong = new Set(
    preview.rows.flatMap(({ faults, doubts }) => [...faults, ...doubts].map(({ column }) => column)),
  )
  const order = preview.header
    .map((name, i) => ({ name, i }))
    .toSorted((a, b) => Number(wrong.has(b.i)) - Number(wrong.has(a.i)) || a.i - b.i)
  const reasons = ({ faults, doubts }: Row) =>
    [...faults, ...doubts].map(({ column, message }) => {
      const name = column === null ? undefined : preview.header[column]
      return name === undefined ? said(message) : `${name}${t('import.colon')}${said(message)}`
    })
  /** Enter goes on to the next cell with a fault, before the row of this one may leave. */
  const next = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    const bad = [...(frame.current?.querySelectorAll<HTMLInputElement>('.cell-bad') ?? [])]
    const here = bad.indexOf(event.currentTarget)
    const after = bad[here + 1] ?? bad.find((one) => one !== event.currentTarget)
    if (after) after.focus()
    else event.currentTarget.blur()
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="grid-frame preview-frame" aria-label={t('import.rowsShown')} tabIndex={0} ref={frame}>
      <table className="grid">
        <caption className="unseen">{t('import.rowsShown')}</caption>
        <thead>
          <tr>
            <th scope="col" className="grid-right preview-line">
              {t('provenance.line')}
            </th>
            <th scope="col">{t('import.why')}</th>
            {order.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.line}>
              <td className="grid-right number preview-line">{row.line}</td>
              <td className="preview-why">
                {reasons(row).map((reason) => (
                  <span key={reason} className={row.faults.length > 0 ? 'why why-bad' : 'why why-warn'}>
                    {reason}
                  </span>
                ))}
              </td>
              {order.map(({ name: column, i }) => {
                const cell = row.cells[i] ?? null
                const fault = row.faults.find((one) => one.column === i)
                const doubt = row.doubts.find((one) => one.column === i)
                const wasMended = mended.has(`${row.line} ${column}`)
                const editable = row.faults.length > 0 || doubt !== undefined || wasMended
                const marks = [
                  'cell-input',
                  fault && 'cell-bad',
                  !fault && doubt && 'cell-warn',
                  wasMended && 'cell-mended',
                ].filter(Boolean)
                return (
                  <td key={column} className={editable ? 'preview-edit' : 'grid-clip'}>
                    {editable ? (
                      <input
                        key={cell ?? ''}
                        className={marks.join(' ')}
                        defaultValue={cell ?? ''}
                        size={Math.min(28, Math.max(6, width(cell ?? '')))}
                        aria-label={t('import.cellOf', { line: row.line, column })}
                        aria-invalid={fault !== undefined}
                        title={fault ? said(fault.message) : undefined}
                        onKeyDown={next}
                        onBlur={(event) => {
                          const { value } = event.target
                          if (value !== (cell ?? '')) onCorrect({ line: row.line, column, value })
                        }}
                      />
                    ) : (
                      (cell ?? <span className="soft">—</span>)
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Wide characters take two places. */
const width = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0)
