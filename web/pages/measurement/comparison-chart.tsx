import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Compared, readComparison } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import type { Dots } from '../../ui/chart/picture.ts'
import { usePeriodName } from '../../ui/period-name.ts'
import { Failure } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Question } from './queries.ts'

interface Props {
  question: Question
  onUnit: (unit: string) => void
}

/** The units below beside each other: total, interval, n. What cannot be told apart ties; what is thin has no rank. */
export function ComparisonChart({ question, onUnit }: Props) {
  const { t } = useWords()
  const { total, count } = useNumbers()
  const period = usePeriodName()
  const asked = useQuery({
    queryKey: ['comparison', question],
    queryFn: ({ signal }) => call(readComparison, { query: question, signal }),
    placeholderData: keepPreviousData,
  })
  if (asked.error && !asked.data) return <Failure error={asked.error} onRetry={() => void asked.refetch()} />
  const units = asked.data?.items ?? []
  if (units.length < 2) return null
  const picture: Dots = {
    kind: 'dots',
    format: total,
    bounds: { low: 0, high: 10 },
    points: units.map((one) => ({
      name: `${one.rank ?? '—'}  ${one.unit.name}  n=${count(one.n)}`,
      value: one.total,
      interval: one.interval,
      hollow: one.few,
      pale: one.few,
    })),
  }
  const rows = units.map((one) => [
    one.unit.name,
    one.rank === null ? t('compare.few') : String(one.rank),
    one.total === null ? '—' : total(one.total),
    one.interval ? `${total(one.interval[0])} – ${total(one.interval[1])}` : '—',
    count(one.n),
  ])
  const finding = findingOf()
  const subtitle = t('compare.of', { period: period(question.period) })
  return (
    <Chart
      title={finding}
      subtitle={subtitle}
      summary={`${finding}. ${subtitle}. ${rows.map(([name, rank, is, , n]) => `${name} ${is} (${rank}, n=${n})`).join('; ')}`}
      picture={picture}
      table={{
        heads: [t('filter.unit'), t('compare.rank'), t('board.total'), t('chart.interval'), 'n'],
        rows,
      }}
      onOpen={(place) => units[place] && onUnit(units[place].unit.id)}
      hint={t('compare.hint')}
      note={
        <>
          <span>{t('compare.ties')}</span>
          {units.some(({ few }) => few) && <span>{t('compare.thin')}</span>}
        </>
      }
    />
  )

  function findingOf(): string {
    const ranked = units.filter((one): one is Compared & { rank: number } => one.rank !== null)
    if (ranked.length < 2) return t('compare.tooFew')
    const worst = ranked.reduce((low, one) => (one.rank > low.rank ? one : low))
    if (worst.rank === 1) return t('compare.allTie')
    return t('compare.worst', { name: worst.unit.name, n: worst.rank - 1 })
  }
}
