import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type CopyHead, readCopyDifference, readLateChanges } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { mayClosePeriods, mayReadRecords, useMe } from '../../session.ts'
import { Choose } from '../../ui/choose.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Grid } from '../../ui/grid.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { FreezePeriod } from './freeze-period.tsx'
import { PeriodDifferenceView } from './period-difference.tsx'
import { StateMark } from './period-state.tsx'
import { periodQuery } from './queries.ts'

interface Chosen {
  copy?: 'live' | number | undefined
  against?: number | undefined
}

interface Props extends Chosen {
  period: string
  onChange: (chosen: Chosen) => void
  onClose: () => void
}

/** One period: its copies, and the difference of two of them or of the newest and what the records give now. */
export function PeriodDrawer({ period, copy, against, onChange, onClose }: Props) {
  const { t } = useWords()
  const me = useMe()
  const name = usePeriodName()
  const asked = useQuery(periodQuery(period))
  const state = asked.data
  const copies = state?.copies ?? []
  return (
    <Dialog place="side" title={t('periods.title', { period: name(period) })} onClose={onClose}>
      <div className="stack">
        {asked.error && <Failure error={asked.error} onRetry={() => void asked.refetch()} />}
        {!state && !asked.error && <Loading />}
        {state && (
          <div className="row">
            <StateMark period={state} />
            <span className="soft small">
              {state.from} – {state.to}
            </span>
            <span className="grow" />
            {state.state === 'open' && state.over && mayClosePeriods(me) && (
              <FreezePeriod period={period} verb="close" />
            )}
          </div>
        )}
        {state?.state === 'open' && (
          <p className="soft">
            {t(state.over ? 'periods.openWhat' : 'periods.runningWhat', { to: state.to })}
          </p>
        )}
        {copies.length > 0 && <Copies period={period} copies={copies} onChange={onChange} />}
        {copies.length > 0 && mayReadRecords(me) && (
          <Compared
            period={period}
            copies={copies}
            copy={copy ?? 'live'}
            against={against}
            onChange={onChange}
          />
        )}
      </div>
    </Dialog>
  )
}

function Copies({
  period,
  copies,
  onChange,
}: {
  period: string
  copies: CopyHead[]
  onChange: Props['onChange']
}) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  return (
    <Grid
      caption={t('periods.copies')}
      rows={copies}
      keyOf={({ number }) => String(number)}
      columns={[
        {
          key: 'number',
          title: t('periods.copy'),
          cell: ({ number }) => (
            <Link to="/board" search={{ period, copy: number }}>
              {t('periods.number', { n: number })}
            </Link>
          ),
        },
        { key: 'made', title: t('periods.made'), cell: ({ madeAt }) => stamp(madeAt) },
        { key: 'by', title: t('periods.by'), cell: ({ by }) => by },
        { key: 'note', title: t('periods.note'), wrap: true, cell: ({ note }) => note },
        {
          key: 'file',
          title: <span className="unseen">{t('periods.do')}</span>,
          cell: ({ number }) => (
            <span className="row">
              {number > 1 && (
                <button
                  type="button"
                  className="link-button"
                  onClick={() => onChange({ copy: number, against: undefined })}
                >
                  {t('periods.difference')}
                </button>
              )}
              <a href={`/api/scorecard.csv?period=${period}&copy=${number}`} download>
                CSV
              </a>
            </span>
          ),
        },
      ]}
    />
  )
}

interface ComparedProps {
  period: string
  copies: CopyHead[]
  copy: 'live' | number
  against: number | undefined
  onChange: Props['onChange']
}

/** What moved between the two that are chosen. */
function Compared({ period, copies, copy, against, onChange }: ComparedProps) {
  const { t } = useWords()
  const me = useMe()
  const newest = copies[0]?.number ?? 1
  const before = copy === 'live' ? newest : (against ?? copy - 1)
  const found = useQuery({
    queryKey: copy === 'live' ? ['late-changes', period] : ['copy-difference', period, copy, before],
    queryFn: ({ signal }) =>
      copy === 'live'
        ? call(readLateChanges, { params: { period }, signal })
        : call(readCopyDifference, { params: { period, number: copy }, query: { against: before }, signal }),
    enabled: before >= 1,
  })
  const option = (n: number) => ({ value: String(n), label: t('periods.number', { n }) })
  return (
    <>
      <div className="row">
        <h3>{t('periods.compared')}</h3>
        <Choose
          label={t('periods.before')}
          value={String(before)}
          options={(copy === 'live'
            ? copies.slice(0, 1)
            : copies.filter(({ number }) => number !== copy)
          ).map(({ number }) => option(number))}
          onChange={(chosen) => onChange({ copy, against: Number(chosen) })}
        />
        <span aria-hidden="true">→</span>
        <Choose
          label={t('periods.after')}
          value={String(copy)}
          options={[
            { value: 'live', label: t('periods.now') },
            ...copies.filter(() => copies.length > 1).map(({ number }) => option(number)),
          ]}
          onChange={(chosen) => onChange(chosenOf(chosen, newest))}
        />
        <span className="grow" />
        {copy === 'live' && found.data && found.data.units.length > 0 && mayClosePeriods(me) && (
          <FreezePeriod
            period={period}
            verb="restate"
            onDone={() => onChange({ copy: newest + 1, against: undefined })}
          />
        )}
      </div>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <PeriodDifferenceView found={found.data} />}
    </>
  )
}

/** The first copy has none before it: it is held against the newest. */
function chosenOf(chosen: string | undefined, newest: number): Chosen {
  if (chosen === undefined || chosen === 'live') return { copy: 'live', against: undefined }
  const copy = Number(chosen)
  return { copy, against: copy === 1 ? newest : undefined }
}
