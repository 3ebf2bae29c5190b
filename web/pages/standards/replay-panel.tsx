import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type Replayed, replayStandard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Detail } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { findingOf, nearestFlips } from './replay-finding.ts'
import type { Draft } from './rows.ts'

const counts = ['6', '12', '24'] as const

/** Past periods by the standards they had and by the draft: totals, ranks that change, weights that would turn them. */
export function ReplayPanel({ drafts, period }: { drafts: Draft[]; period: string }) {
  const { t } = useWords()
  const name = usePeriodName()
  const [count, setCount] = useState<string>(counts[0])
  const replaying = useMutation({
    mutationFn: (asked: { indicators: Draft[]; count: string }) =>
      call(replayStandard, { body: { period, periods: Number(asked.count), indicators: asked.indicators } }),
  })
  const found = replaying.data
  const old = found && JSON.stringify(replaying.variables?.indicators) !== JSON.stringify(drafts)
  return (
    <section className="stack" aria-label={t('replay.title')}>
      <h2>{t('replay.title')}</h2>
      <div className="row">
        <Choose
          label={t('replay.count')}
          value={count}
          options={counts.map((n) => ({ value: n, label: t('replay.last', { n }) }))}
          onChange={(chosen) => chosen && setCount(chosen)}
        />
        <Button onClick={() => replaying.mutate({ indicators: drafts, count })} loading={replaying.isPending}>
          {t('replay.run', { period: name(period) })}
        </Button>
        <span className="soft small">{t('replay.why')}</span>
      </div>
      {replaying.error && (
        <div role="alert" className="refusal">
          <Detail error={replaying.error} />
        </div>
      )}
      {found && (
        <>
          {old && <Mark kind="warn" word={t('replay.old')} />}
          <Sentence replayed={found} />
          <Periods rows={found.periods} />
          <Units replayed={found} />
          <BreakEvens replayed={found} />
        </>
      )}
    </section>
  )
}

/** The finding in one sentence. */
function Sentence({ replayed }: { replayed: Replayed }) {
  const { t, said } = useWords()
  const name = usePeriodName()
  const ranked = replayed.units.filter(({ after }) => after.rank !== null).length
  if (ranked < 2) return <p aria-live="polite">{t('replay.tooFew', { period: name(replayed.period) })}</p>
  const { move, others, turn, firm } = findingOf(replayed)
  const moved = move
    ? t(move.to < move.from ? 'replay.rises' : 'replay.falls', { ...move })
    : t('replay.same')
  const more = others > 0 ? t('replay.others', { n: others }) : ''
  const turns = turn
    ? t(`replay.turn.${turn.side}`, { ...turn, indicator: said(turn.indicator) })
    : t(firm ? 'replay.firm' : 'replay.unsure')
  return (
    <p aria-live="polite">
      <b>{t('replay.finding', { period: name(replayed.period), moved: `${moved}${more}`, turns })}</b>
    </p>
  )
}

function Periods({ rows }: { rows: Replayed['periods'] }) {
  const { t } = useWords()
  const { total, count } = useNumbers()
  const name = usePeriodName()
  return (
    <Grid
      caption={t('replay.periods')}
      rows={rows}
      keyOf={({ period }) => period}
      columns={[
        { key: 'period', title: t('replay.period'), cell: ({ period }) => name(period) },
        { key: 'standard', title: t('standards.version'), wide: true, cell: ({ standard }) => standard },
        {
          key: 'before',
          title: t('replay.before'),
          right: true,
          cell: ({ before }) => (before === null ? null : total(before)),
        },
        {
          key: 'after',
          title: t('replay.after'),
          right: true,
          cell: ({ before, after }) =>
            after === null ? null : (
              <b>
                {arrow(before, after)} {total(after)}
              </b>
            ),
        },
        { key: 'moved', title: t('replay.moved'), right: true, cell: ({ moved }) => count(moved) },
      ]}
    />
  )
}

function Units({ replayed }: { replayed: Replayed }) {
  const { t } = useWords()
  const { total } = useNumbers()
  const name = usePeriodName()
  if (replayed.units.length === 0) return null
  const said = (value: number | null) => (value === null ? '—' : total(value))
  const rank = (value: number | null) => (value === null ? '—' : String(value))
  return (
    <Grid
      caption={t('replay.units', { period: name(replayed.period) })}
      rows={replayed.units}
      keyOf={({ unit }) => unit.id}
      columns={[
        {
          key: 'unit',
          title: t('replay.unitsOf', { period: name(replayed.period) }),
          wrap: true,
          cell: ({ unit }) => unit.name,
        },
        {
          key: 'total',
          title: t('replay.total'),
          right: true,
          cell: ({ before, after }) => `${said(before.total)} → ${said(after.total)}`,
        },
        {
          key: 'rank',
          title: t('replay.rank'),
          right: true,
          cell: ({ before, after }) => {
            // A lower rank is the better one.
            const change = arrow(after.rank, before.rank)
            const text = `${rank(before.rank)} → ${rank(after.rank)}`
            return change ? (
              <b>
                {change} {text}
              </b>
            ) : (
              text
            )
          },
        },
      ]}
    />
  )
}

type Flip = Replayed['breakEvens'][number]['flips'][number]

function BreakEvens({ replayed }: { replayed: Replayed }) {
  const { t, said } = useWords()
  if (replayed.units.filter(({ after }) => after.rank !== null).length < 2) return null
  const names = new Map(replayed.units.map(({ unit }) => [unit.id, unit.name]))
  const shown = (key: 'replay.down' | 'replay.up', flip: Flip | null) =>
    flip && (
      <div>
        {t(key)} <b>{flip.weight}</b>{' '}
        <span className="soft small">
          {names.get(flip.upper)} ⇄ {names.get(flip.lower)}
        </span>
      </div>
    )
  const unlike = Math.max(...replayed.breakEvens.map(({ otherBase }) => otherBase))
  return (
    <>
      <Grid
        caption={t('replay.breakEven')}
        rows={replayed.breakEvens}
        keyOf={({ code }) => code}
        columns={[
          { key: 'name', title: t('replay.breakEven'), wrap: true, cell: (row) => said(row.name) },
          {
            key: 'weight',
            title: t('standards.weight'),
            right: true,
            wide: true,
            cell: ({ weight }) => weight,
          },
          {
            key: 'turns',
            title: t('replay.turns'),
            wrap: true,
            cell: (row) => {
              const { below, above } = nearestFlips(row)
              return (
                (below || above) && (
                  <>
                    {shown('replay.down', below)}
                    {shown('replay.up', above)}
                  </>
                )
              )
            },
          },
        ]}
      />
      <p className="soft small">
        {t('replay.how')} {unlike > 0 && t('replay.unlike', { n: unlike })}
      </p>
    </>
  )
}

const arrow = (before: number | null, after: number | null) =>
  before === null || after === null || Math.abs(before - after) < 0.005 ? '' : after > before ? '▲' : '▼'
