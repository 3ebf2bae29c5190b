import { type Column, Grid } from '../../ui/grid.tsx'
import { Mark, type MarkKind } from '../../ui/mark.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { FigureValue } from '../measurement/figure-value.tsx'

const marks: MarkKind[] = ['good', 'warn', 'bad', 'none', 'busy']

interface Row {
  name: string
  minutes: number
  share: number
  mark: MarkKind
  trend: (number | null)[]
}

const rows: Row[] = [
  { name: 'A', minutes: 28, share: 0.923, mark: 'good', trend: [34, 33, 31, 30, 29, 28] },
  { name: 'B', minutes: 33, share: 0.884, mark: 'warn', trend: [31, null, 32, 31, 34, 33] },
  { name: 'C', minutes: 1_532, share: 0.41, mark: 'bad', trend: [20, 25, 38, 44, 60, 92] },
]

const figure = {
  name: { zh: 'A', en: 'A' },
  unit: 'min',
  n: 214,
  value: 28.4,
  interval: [26.1, 30.7] as [number, number],
  missing: [] as string[],
}

/** Numbers in their five states, marks, small lines and a table of them. */
export function Figures() {
  const { t, label } = useWords()
  const { duration, percent } = useNumbers()
  const columns: Column<Row>[] = [
    { key: 'name', title: t('design.text'), cell: (row) => row.name },
    { key: 'minutes', title: t('design.number'), right: true, cell: (row) => duration(row.minutes) },
    { key: 'share', title: '%', right: true, cell: (row) => percent(row.share) },
    {
      key: 'trend',
      title: t('design.trend'),
      cell: (row) => <Sparkline values={row.trend} target={30} label={row.name} />,
    },
    {
      key: 'mark',
      title: t('design.mark'),
      cell: (row) => <Mark kind={row.mark} word={label('mark', row.mark)} />,
    },
  ]
  const none = () => undefined
  const states = [
    { ...figure, state: 'ok' as const },
    { ...figure, state: 'few' as const, n: 4, interval: null },
    { ...figure, state: 'none' as const, n: 0, value: null, interval: null },
    { ...figure, state: 'incomputable' as const, value: null, interval: null, missing: ['responded_at'] },
    { ...figure, state: 'failed' as const, value: null, interval: null },
    { ...figure, state: 'ok' as const, value: 0, interval: null },
  ]
  return (
    <section className="panel stack">
      <h2>{t('design.figures')}</h2>
      <div className="row">
        {marks.map((kind) => (
          <Mark key={kind} kind={kind} word={label('mark', kind)} />
        ))}
      </div>
      <div className="design-states">
        {states.map((one) => (
          <div key={`${one.state} ${one.value}`}>
            <code>{one.value === 0 ? '0' : one.state}</code>
            <FigureValue figure={one} onOpen={none} onRetry={none} />
          </div>
        ))}
      </div>
      <Grid caption={t('design.figures')} columns={columns} rows={rows} keyOf={(row) => row.name} />
    </section>
  )
}
