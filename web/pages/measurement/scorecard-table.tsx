import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Scorecard } from '../../../contract/measurement.ts'
import { Mark } from '../../ui/mark.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { FigureValue } from './figure-value.tsx'
import type { Question } from './queries.ts'
import { useScopeText } from './scope-text.ts'
import './scorecard-table.css'

export type Indicator = Scorecard['indicators'][number]

interface Props {
  card: Scorecard
  question: Question
  onOpen: (code: string) => void
  onRetry: () => void
}

/** One row per indicator, grouped by dimension as 表1 has them. */
export function ScorecardTable({ card, question, onOpen, onRetry }: Props) {
  const { t, label } = useWords()
  const { total, plain } = useNumbers()
  const heads = ['actual', 'target', 'score', 'weight'] as const
  return (
    <div className="score-frame">
      <table className="score">
        <caption className="unseen">{t('board.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('board.dimension')}</th>
            <th scope="col">{t('board.indicator')}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="right">
                {t(`board.${head}`)}
              </th>
            ))}
            <th scope="col">{t('board.lastPeriods', { n: card.totals.length })}</th>
            <th scope="col" className="right">
              n
            </th>
            <th scope="col">{t('board.status')}</th>
          </tr>
        </thead>
        <tbody>
          {[...Map.groupBy(card.indicators, ({ dimension }) => dimension)].map(([dimension, rows]) => (
            <Fragment key={dimension}>
              {rows.map((row, i) => (
                <tr key={row.code} className={i === 0 ? 'score-first' : undefined}>
                  {i === 0 && (
                    <th scope="rowgroup" rowSpan={rows.length} className="score-dimension">
                      {label('dimension', dimension)}
                    </th>
                  )}
                  <Cells row={row} question={question} onOpen={onOpen} onRetry={onRetry} />
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={4}>{t('board.sum')}</td>
            <td className="right number">{card.total === null ? '—' : total(card.total)}</td>
            <td className="right number">
              {plain(card.indicators.reduce((sum, row) => sum + row.weight, 0))}
            </td>
            <td colSpan={3} className="soft small">
              {card.standard && t('board.standard', { version: card.standard })}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Cells({
  row,
  question,
  onOpen,
  onRetry,
}: {
  row: Indicator
  question: Question
  onOpen: (code: string) => void
  onRetry: () => void
}) {
  const { t, said, label } = useWords()
  const { value, score, plain, count } = useNumbers()
  const name = usePeriodName()
  const scopeText = useScopeText()
  const told = row.trend
    .map((one) => `${name(one.period)} ${one.value === null ? '—' : value(one.value, row.unit)}`)
    .join(', ')
  return (
    <>
      <td className="score-name">
        <Link to="/board/m/$code" params={{ code: row.code }} search={question} title={said(row.rule)}>
          {said(row.name)}
        </Link>
        {Object.keys(row.scope).length > 0 && <span className="soft small">{scopeText(row.scope)}</span>}
        {row.provisional && (
          <span className="tag" title={t('board.provisionalWhy')}>
            {t('board.provisional')}
          </span>
        )}
      </td>
      <td className="right score-actual">
        <FigureValue figure={row} onOpen={() => onOpen(row.code)} onRetry={onRetry} />
        {row.responseRate !== undefined && (
          <div className="soft small">
            {row.responseRate
              ? t('board.answered', { rate: value(row.responseRate.value, '%') })
              : t('board.answeredUnknown')}
          </div>
        )}
      </td>
      <td className="right number score-target" data-head={t('board.target')}>
        {said(row.target.text)}
      </td>
      <td className="right number score-score" data-head={t('board.score')}>
        {row.score === null ? <span className="soft">—</span> : score(row.score)}
      </td>
      <td className="right number soft score-weight" data-head={t('board.weight')}>
        {plain(row.weight)}
      </td>
      <td className="score-trend">
        <Sparkline values={row.trend.map((one) => one.value)} label={told} target={row.target.value} />
      </td>
      <td className="right number soft score-n" data-head="n">
        {row.state === 'incomputable' || row.state === 'failed' ? '' : count(row.n)}
      </td>
      <td className="score-status">
        <Mark kind={markOf(row)} word={wordOf(row)} />
      </td>
    </>
  )

  function wordOf({ state, status }: Indicator): string {
    if (state === 'failed' || state === 'incomputable') return label('figure', state)
    return label('status', status)
  }
}

/** The shape that goes with an indicator's state. */
export const markOf = ({ state, status }: Indicator) => {
  if (state === 'failed') return 'bad'
  return ({ met: 'good', near: 'warn', missed: 'bad', no_data: 'none' } as const)[status]
}
