import { Button } from 'antd'
import { useState } from 'react'
import type { Measure } from '../../../contract/measurement.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words.ts'
import { type Draft, freeCode, type Row } from './rows.ts'
import './add-indicator.css'

interface Props {
  rows: readonly Row[]
  measures: readonly Measure[]
  onAdd: (draft: Draft) => void
}

/** The catalogue: each measure with its formula; one press takes it into the table. */
export function AddIndicator({ rows, measures, onAdd }: Props) {
  const { t, said } = useWords()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const used = new Set(rows.map(({ draft }) => draft.measure))
  const fits = measures.filter(({ code, name }) =>
    `${name.zh} ${name.en} ${code}`.toLowerCase().includes(typed.trim().toLowerCase()),
  )
  const add = ({ code, name, better }: Measure) => {
    onAdd({
      code: freeCode(code, rows),
      measure: code,
      nameZh: name.zh,
      nameEn: name.en,
      dimension: 'timeliness',
      source: '',
      period: 'month',
      weight: '0',
      target: { operator: better === 'lower' ? '<=' : '>=', value: '0' },
      rule: { kind: 'deduct', points: '1', per: '1', step: 'whole' },
      minimumN: 10,
    })
    setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('standards.add')}</Button>
      {open && (
        <Dialog title={t('standards.catalogue')} place="side" onClose={() => setOpen(false)}>
          <input
            className="sheet-text"
            type="search"
            aria-label={t('standards.searchCatalogue')}
            placeholder={t('standards.searchCatalogue')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <ul className="catalogue">
            {fits.map((measure) => (
              <li key={measure.code}>
                <button type="button" onClick={() => add(measure)}>
                  <b>{said(measure.name)}</b>
                  {used.has(measure.code) && <span className="soft small"> · {t('standards.inUse')}</span>}
                  <span className="soft small">{said(measure.formula)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  )
}
