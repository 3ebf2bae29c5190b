import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { tryStandard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { Grid } from '../../ui/grid.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Detail } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Draft } from './rows.ts'

/** The month before today by the standard in force and by the draft, side by side. */
export function TrialPanel({ drafts, period }: { drafts: Draft[]; period: string }) {
  const { t, said } = useWords()
  const { score, total, value } = useNumbers()
  const name = usePeriodName()
  const trying = useMutation({
    mutationFn: () => call(tryStandard, { body: { period, indicators: drafts } }),
  })
  const found = trying.data
  const arrow = (before: number | null, after: number | null) =>
    before === null || after === null || Math.abs(before - after) < 0.005 ? '' : after > before ? '▲' : '▼'
  return (
    <section className="stack" aria-label={t('trial.title')}>
      <div className="row">
        <Button onClick={() => trying.mutate()} loading={trying.isPending}>
          {t('trial.run', { period: name(period) })}
        </Button>
        <span className="soft small">{t('trial.why')}</span>
      </div>
      {trying.error && (
        <div role="alert" className="refusal">
          <Detail error={trying.error} />
        </div>
      )}
      {found && (
        <>
          <p className="number" aria-live="polite">
            {t('trial.total', {
              before: found.before === null ? '—' : total(found.before),
              after: found.after === null ? '—' : total(found.after),
            })}{' '}
            {arrow(found.before, found.after)}
          </p>
          <Grid
            caption={t('trial.title')}
            rows={found.rows}
            keyOf={({ code }) => code}
            columns={[
              { key: 'name', title: t('standards.name'), wrap: true, cell: (row) => said(row.name) },
              {
                key: 'value',
                title: t('trial.value'),
                right: true,
                cell: (row) => (row.value === null ? null : value(row.value, row.unit)),
              },
              {
                key: 'target',
                title: t('standards.target'),
                right: true,
                wide: true,
                cell: ({ before, after }) =>
                  [before, after].map(({ targetText }) => (targetText ? said(targetText) : '—')).join(' → '),
              },
              {
                key: 'weight',
                title: t('standards.weight'),
                right: true,
                wide: true,
                cell: ({ before, after }) => `${before.weight ?? '—'} → ${after.weight ?? '—'}`,
              },
              {
                key: 'before',
                title: t('trial.before'),
                right: true,
                cell: ({ before }) => (before.score === null ? null : score(before.score)),
              },
              {
                key: 'after',
                title: t('trial.after'),
                right: true,
                cell: ({ before, after }) =>
                  after.score === null ? null : (
                    <b>
                      {arrow(before.score, after.score)} {score(after.score)}
                    </b>
                  ),
              },
            ]}
          />
        </>
      )}
    </section>
  )
}
