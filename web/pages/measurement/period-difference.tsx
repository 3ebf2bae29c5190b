import { Link } from '@tanstack/react-router'
import type { Cause, MovedSide, PeriodDifference, UnitDifference } from '../../../contract/measurement.ts'
import { useMe } from '../../session.ts'
import { Grid } from '../../ui/grid.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import './period-difference.css'

interface Row {
  key: string
  unit: string
  name: { zh: string; en: string } | null
  measuredIn: string
  before: MovedSide | null
  after: MovedSide | null
  total: UnitDifference['total']
}

/** Every figure that moved, each before and after, and what was done in between. */
export function PeriodDifferenceView({ found }: { found: PeriodDifference }) {
  const { t, said } = useWords()
  const { value, score, total, count, plain } = useNumbers()
  const change = (before: string | null, after: string | null) =>
    before === after ? (before ?? '—') : `${before ?? '—'} → ${after ?? '—'}`
  const decimal = (exact: MovedSide['value'] | undefined, format: (n: number) => string) =>
    exact ? format(Number(exact.decimal)) : null
  const rows = found.units.flatMap(rowsOf)
  return (
    <>
      <Grid
        caption={t('periods.compared')}
        rows={rows}
        keyOf={({ key }) => key}
        empty={<p className="soft grid-empty">{t('periods.same')}</p>}
        columns={[
          { key: 'unit', title: t('filter.unit'), wide: true, cell: (row) => row.unit },
          {
            key: 'name',
            title: t('board.indicator'),
            wrap: true,
            cell: (row) => (
              <>
                <span className="moved-unit soft small">{row.unit}</span>
                {row.name ? said(row.name) : <b>{t('board.total')}</b>}
              </>
            ),
          },
          {
            key: 'value',
            title: t('board.actual'),
            right: true,
            cell: ({ name, before, after, measuredIn }) => {
              const shown = (side: MovedSide | null) =>
                decimal(side?.value, (amount) => value(amount, measuredIn))
              return name ? change(shown(before), shown(after)) : ''
            },
          },
          {
            key: 'n',
            title: 'n',
            right: true,
            cell: ({ name, before, after }) =>
              name ? change(before && count(before.n), after && count(after.n)) : '',
          },
          {
            key: 'score',
            title: t('board.score'),
            right: true,
            cell: (row) =>
              row.name
                ? change(decimal(row.before?.score, score), decimal(row.after?.score, score))
                : change(decimal(row.total.before, total), decimal(row.total.after, total)),
          },
          {
            key: 'weight',
            title: t('board.weight'),
            right: true,
            wide: true,
            cell: ({ name, before, after }) =>
              name
                ? change(before && plain(Number(before.weight)), after && plain(Number(after.weight)))
                : '',
          },
        ]}
      />
      {found.causes.length > 0 && (
        <section aria-label={t('periods.why')}>
          <h3>{t('periods.why')}</h3>
          <ul className="causes">
            {found.causes.map((cause) => (
              <li key={JSON.stringify(cause)}>
                <CauseLine cause={cause} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function rowsOf({ unit, total, rows }: UnitDifference): Row[] {
  const moved = rows.map(
    (row): Row => ({
      key: `${unit.id} ${row.code}`,
      unit: unit.name,
      name: row.name,
      measuredIn: row.unit,
      before: row.before,
      after: row.after,
      total,
    }),
  )
  if (total.before?.fraction === total.after?.fraction) return moved
  const sum = {
    key: `${unit.id} total`,
    unit: unit.name,
    name: null,
    measuredIn: '',
    before: null,
    after: null,
  }
  return [...moved, { ...sum, total }]
}

function CauseLine({ cause }: { cause: Cause }) {
  const { t, label } = useWords()
  const me = useMe()
  const { stamp, count } = useNumbers()
  const lines = cause.lines.length === 0 ? null : t('periods.lines', { lines: cause.lines.join(', ') })
  const facts = [
    cause.n === null ? null : t('periods.records', { n: count(cause.n) }),
    lines,
    cause.why,
    cause.by,
    cause.at && stamp(cause.at),
  ].filter((text) => text !== null && text !== '')
  return (
    <>
      <b>{label('cause', cause.kind)}</b>{' '}
      {cause.batch !== null && me.can.import ? (
        <Link to="/records/import" search={{ batch: cause.batch }}>
          {cause.what}
        </Link>
      ) : (
        cause.what
      )}{' '}
      <span className="soft small">{facts.join(' · ')}</span>
    </>
  )
}
