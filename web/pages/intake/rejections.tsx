import type { Batch } from '../../../contract/intake.ts'
import { Grid } from '../../ui/grid.tsx'
import { useWords } from '../../words.ts'

/** Rows not taken, each with its line, column and remedy. */
export function Rejections({ batch }: { batch: Batch }) {
  const { t, said } = useWords()
  if (batch.rejections.length === 0) return null
  return (
    <>
      <h3>
        {t('import.rejections')}
        {batch.rejections.length < batch.rejected && (
          <span className="soft small"> {t('drawer.first', { n: batch.rejections.length })}</span>
        )}
      </h3>
      <Grid
        caption={t('import.rejections')}
        rows={batch.rejections.map((row, i) => ({ ...row, i }))}
        keyOf={({ i }) => String(i)}
        columns={[
          { key: 'line', title: t('provenance.line'), right: true, cell: ({ line }) => line },
          { key: 'column', title: t('provenance.column'), cell: ({ column }) => column },
          { key: 'value', title: t('provenance.asItCame'), clip: true, cell: ({ value }) => value },
          { key: 'why', wrap: true, title: t('import.why'), cell: ({ message }) => said(message) },
        ]}
      />
    </>
  )
}
