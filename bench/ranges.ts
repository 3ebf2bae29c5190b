import { type FigureRow, figuresOf, type Question } from '../server/measurement/index.ts'
import { dateToDay, zone } from '../server/platform/time.ts'
import { type Dialect, instantSql } from './peers.ts'
import type { Loaded } from './reading.ts'
import { atLeast, atMost, type Goal, say } from './report.ts'
import { now, zoneName } from './tickets.ts'
import { interleaved } from './timing.ts'

const durations = {
  first_response_minutes: { from: 'received_at', to: 'responded_at', on: 'received_at', unit: 60 },
  handling_hours: { from: 'started_at', to: 'resolved_at', on: 'resolved_at', unit: 3600 },
  resolution_hours: { from: 'received_at', to: 'resolved_at', on: 'resolved_at', unit: 3600 },
}
type Code = keyof typeof durations
const codes = Object.keys(durations) as Code[]

/** 28 days that are no month: their days are read out of two months' cells. */
const span = { from: '2025-06-03', to: '2025-07-01' }

/** Goal 6: means with p50 and p90 of three durations, 60 teams, over a range that no period holds. */
export async function measureRange(loaded: Loaded, runs: number): Promise<Goal[]> {
  await percentilesDiffer(loaded, span, 'whole')
  const contestants: Record<string, () => Promise<unknown>> = {
    ours: () => askOurs(loaded, span, 'whole'),
    postgres: () => loaded.database.raw.query(percentileSql('postgres', loaded, span, false)),
  }
  const { duck } = loaded
  if (duck) contestants.duckdb = () => duck.rows(percentileSql('duckdb', loaded, span, false))
  const { ours = 0, postgres = 0, duckdb } = await interleaved(contestants, runs)
  say(
    `goal 6: ours ${ours.toFixed(2)} ms, PostgreSQL ${postgres.toFixed(0)} ms, DuckDB ${duckdb?.toFixed(0)} ms`,
  )
  const name = `28 days with p50 and p90 of 60 teams, ${loaded.rows} tickets`
  return [
    atLeast(6, `${name}: raw PostgreSQL takes × times ours`, 25, postgres / ours),
    ...(duckdb === undefined ? [] : [atLeast(6, `${name}: DuckDB takes × times ours`, 4, duckdb / ours)]),
  ]
}

/** Goal 12: every p50 and p90 of every team and month against the discrete one, and what the cells take up. */
export async function measureSketches(loaded: Loaded): Promise<Goal[]> {
  const { furthest, compared } = await percentilesDiffer(
    loaded,
    { from: '2024-01-01', to: '2026-01-01' },
    'month',
  )
  const { rows } = await loaded.database.raw.query<{ share: number }>(`
    select pg_total_relation_size('measurement.cell')::float8 / pg_total_relation_size('cases.work_order') as share`)
  say(`goal 12: ${compared} percentiles compared`)
  return [
    atMost(12, `${compared} percentiles: furthest from the discrete one, %`, 2, furthest * 100),
    atMost(12, 'cells: share of the orders with their indexes, %', 20, (rows[0]?.share ?? Number.NaN) * 100),
  ]
}

interface Span {
  from: string
  to: string
}

const askOurs = ({ database, scope }: Loaded, { from, to }: Span, grain: Question['grain']) => {
  const question: Question = {
    fromDay: dateToDay(from),
    toDay: dateToDay(to),
    grain,
    where: {},
    by: 'unit',
  }
  return database.db.transaction(scope, (tx) => figuresOf(tx, codes, question, { now }), { readOnly: true })
}

/** How far ours are from the discrete ones at most, as a share; refuses another n. */
async function percentilesDiffer(loaded: Loaded, within: Span, grain: 'whole' | 'month') {
  const ours = await askOurs(loaded, within, grain)
  const { rows } = await loaded.database.raw.query<PeerRow>(
    percentileSql('postgres', loaded, within, grain === 'month'),
  )
  let furthest = 0
  for (const { code, key, month, n, p50, p90 } of rows) {
    const found = ours
      .get(code)
      ?.find((row: FigureRow) => row.member === key && (month === null || row.period === month))
    if (found?.n !== Number(n)) throw new Error(`${code} ${key} ${month}: ours ${found?.n}, PostgreSQL ${n}`)
    for (const [own, theirs] of [
      [found.p50, p50],
      [found.p90, p90],
    ])
      if (Number(theirs) > 0)
        furthest = Math.max(furthest, Math.abs((Number(own) * durations[code].unit) / Number(theirs) - 1))
  }
  return { furthest, compared: rows.length * 2 }
}

interface PeerRow {
  code: Code
  key: string
  month: string | null
  n: string
  p50: string
  p90: string
}

function percentileSql(dialect: Dialect, { scope }: Loaded, { from, to }: Span, byMonth: boolean): string {
  const postgres = dialect === 'postgres'
  const time = (date: string) => instantSql(zone(zoneName).dayStartMs(dateToDay(date)), dialect)
  const table = postgres ? 'cases.work_order' : 'work_order'
  const own = postgres ? `organization_id = '${scope.organizationId}' and ` : ''
  const part = (code: Code) => {
    const { from: start, to: end, on } = durations[code]
    const took = postgres
      ? `extract(epoch from ${end} - ${start})`
      : `(epoch_ms(${end}) - epoch_ms(${start})) / 1000`
    const nth = (share: number) =>
      postgres
        ? `percentile_disc(${share}) within group (order by ${took})`
        : `quantile_disc(${took}, ${share})`
    const month = byMonth ? `to_char(${on} at time zone '${zoneName}', 'YYYY-MM')` : 'null'
    return `select '${code}' as code, unit_id::text as key, ${month} as month, count(*) as n, avg(${took}) as mean,
        ${nth(0.5)} as p50, ${nth(0.9)} as p90
      from ${table} where ${own}${on} >= ${time(from)} and ${on} < ${time(to)} and ${start} is not null
        and ${end} is not null group by 2, 3`
  }
  return codes.map(part).join(' union all ')
}
