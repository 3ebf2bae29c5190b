import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef } from 'react'
import type { Measure } from '../../../contract/measurement.ts'
import { readStandardFile } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { AddIndicator } from './add-indicator.tsx'
import { FromPack } from './from-pack.tsx'
import { IndicatorSheet } from './indicator-sheet.tsx'
import { PairwiseWeights, type Weighed } from './pairwise-dialog.tsx'
import { pasted } from './paste.ts'
import { type Pack, type Row, rowOf, rowRead } from './rows.ts'

interface Props {
  rows: Row[]
  measures: readonly Measure[]
  sum: string
  doubts: number
  onChange: (rows: Row[]) => void
  onWeighed: (weighed: Weighed) => void
  onPack: (pack: Pack) => void
}

/** The sheet with its foot: the sum, the catalogue, a file instead. What a paste or a file replaced can be taken back. */
export function DraftSheet({ rows, measures, sum, doubts, onChange, onWeighed, onPack }: Props) {
  const { t } = useWords()
  const chosen = useRef<HTMLInputElement>(null)
  const pasting = useMutation({
    mutationFn: (from: { row: number; column: string; block: string[][] }) => pasted(rows, from, from.block),
    onSuccess: (found) => {
      onChange(found.rows)
      say(t('standards.pasted', { n: found.read }), () => onChange(rows))
    },
  })
  const reading = useMutation({
    mutationFn: (file: File) => call(readStandardFile, { query: { fileName: file.name }, file }),
    onSuccess: ({ items }) => {
      onChange(items.map(rowRead))
      say(t('standards.fileRead', { n: items.length }), () => onChange(rows))
    },
  })
  const failed = pasting.error ?? reading.error
  return (
    <>
      <IndicatorSheet
        rows={rows}
        measures={measures}
        onChange={onChange}
        onPaste={(at, block) => pasting.mutate({ ...at, block })}
        foot={
          <div className="sheet-foot" aria-live="polite">
            <Mark
              kind={sum === '100' ? 'good' : 'bad'}
              word={t(sum === '100' ? 'standards.sum' : 'standards.sumWrong', { n: sum })}
            />
            {doubts > 0 && <Mark kind="warn" word={t('standards.doubts', { n: doubts })} />}
          </div>
        }
      />
      <div className="row">
        <AddIndicator rows={rows} measures={measures} onAdd={(draft) => onChange([...rows, rowOf(draft)])} />
        <PairwiseWeights drafts={rows.map(({ draft }) => draft)} onWeighed={onWeighed} />
        <Button onClick={() => chosen.current?.click()} loading={reading.isPending}>
          {t('standards.readFile')}
        </Button>
        <input
          ref={chosen}
          hidden
          type="file"
          accept=".xlsx,.csv"
          aria-label={t('standards.readFile')}
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) reading.mutate(file)
          }}
        />
        <FromPack onTake={onPack} />
        <span className="soft small">{t('standards.pasteHint')}</span>
      </div>
      {failed && (
        <div role="alert" className="refusal">
          <Detail error={failed} />
        </div>
      )}
    </>
  )
}
