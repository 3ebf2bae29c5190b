import type { Batch } from '../../../contract/intake.ts'
import { Grid } from '../../ui/grid.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** Rows not taken, each with its line, column and remedy; and rows taken with a doubt. */
export function Doubts({ batch }: { batch: Omit<Batch, 'id'> }) {
  const { t, said } = useWords()
  const { count } = useNumbers()
  return (
    <>
      {batch.rejections.length > 0 && (
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
      )}
      {batch.warnings.length > 0 && (
        <>
          <h3>{t('import.warnings')}</h3>
          <Grid
            caption={t('import.warnings')}
            rows={batch.warnings.map((row, i) => ({ ...row, i }))}
            keyOf={({ i }) => String(i)}
            columns={[
              { key: 'count', title: t('import.rows'), right: true, cell: (row) => count(row.count) },
              { key: 'column', title: t('provenance.column'), cell: ({ column }) => column },
              { key: 'sample', title: t('import.sample'), clip: true, cell: ({ sample }) => sample },
              { key: 'what', wrap: true, title: t('import.why'), cell: ({ message }) => said(message) },
            ]}
          />
        </>
      )}
    </>
  )
}
