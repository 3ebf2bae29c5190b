import type { Batch } from '../../../contract/intake.ts'
import { Grid } from '../../ui/grid.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** What was taken with a doubt, and what the file as a whole has to say. */
export function Warnings({ warnings }: { warnings: Batch['warnings'] }) {
  const { t, said } = useWords()
  const { count } = useNumbers()
  if (warnings.length === 0) return null
  return (
    <>
      <h3>{t('import.warnings')}</h3>
      <Grid
        caption={t('import.warnings')}
        rows={warnings.map((row, i) => ({ ...row, i }))}
        keyOf={({ i }) => String(i)}
        columns={[
          { key: 'count', title: t('import.times'), right: true, cell: (row) => count(row.count) },
          { key: 'column', title: t('provenance.column'), cell: ({ column }) => column },
          { key: 'what', wrap: true, title: t('import.why'), cell: ({ message }) => said(message) },
          { key: 'sample', wide: true, title: t('import.sample'), clip: true, cell: ({ sample }) => sample },
        ]}
      />
    </>
  )
}
