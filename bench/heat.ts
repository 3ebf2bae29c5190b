import { type FigureRow, figuresOf, type Question } from '../server/measurement/index.ts'
import { dateToDay, zone } from '../server/platform/time.ts'
import { type Dialect, instantSql } from './peers.ts'
import type { Loaded } from './reading.ts'
import { atLeast, type Goal, say } from './report.ts'
import { now, zoneName } from './tickets.ts'
import { interleaved } from './timing.ts'

const code = 'resolution_hours'
const quarter = { from: '2025-04-01', to: '2025-07-01' }

/** Goal 4: the heat map of 300 products and 32 subcategories over a quarter. */
export async function measureHeatMap(loaded: Loaded, runs: number): Promise<Goal[]> {
  const cells = await compareAnswers(loaded)
  await sayStorage(loaded)
  const contestants: Record<string, () => Promise<unknown>> = {
    ours: () => askOurs(loaded),
    postgres: () => loaded.database.raw.query(pairSql('postgres', loaded)),
  }
  const { duck } = loaded
  if (duck) contestants.duckdb = () => duck.rows(pairSql('duckdb', loaded))
  const { ours = 0, postgres = 0, duckdb } = await interleaved(contestants, runs)
  say(
    `goal 4: ours ${ours.toFixed(2)} ms, PostgreSQL ${postgres.toFixed(0)} ms` +
      (duckdb === undefined ? '' : `, DuckDB ${duckdb.toFixed(0)} ms`),
  )
  const name = `heat map of product × subcategory, a quarter, ${cells} cells, ${loaded.rows} tickets`
  return [
    atLeast(4, `${name}: raw PostgreSQL takes × times ours`, 100, postgres / ours),
    ...(duckdb === undefined ? [] : [atLeast(4, `${name}: DuckDB takes × times ours`, 10, duckdb / ours)]),
  ]
}

/** Every n and sum must be the peers'. Returns how many pairs there are. */
async function compareAnswers(loaded: Loaded): Promise<number> {
  const rows = (await askOurs(loaded)).get(code) ?? []
  const ours = new Map(rows.map((row) => [`${row.member} ${row.across}`, row]))
  const peers = {
    PostgreSQL: (await loaded.database.raw.query<PeerRow>(pairSql('postgres', loaded))).rows,
    ...(loaded.duck && {
      DuckDB: (await loaded.duck.rows(pairSql('duckdb', loaded))) as unknown as PeerRow[],
    }),
  }
  for (const [name, theirs] of Object.entries(peers)) {
    if (theirs.length !== ours.size)
      throw new Error(`goal 4: ours ${ours.size} cells, ${name} ${theirs.length}`)
    for (const { product, category, n, took } of theirs) {
      const own = ours.get(`${product} ${category}`)
      if (own?.n !== Number(n) || Math.round((own.sum ?? 0) * 3600) !== Math.round(Number(took)))
        throw new Error(`goal 4, ${product} ${category}: ours ${own?.n} ${own?.sum}, ${name} ${n} ${took}`)
    }
  }
  return ours.size
}

/** Numbers come as text from one peer and the other. */
interface PeerRow {
  product: string
  category: string
  n: string
  took: string
}

const askOurs = ({ database, scope }: Loaded): Promise<Map<string, FigureRow[]>> => {
  const question: Question = {
    fromDay: dateToDay(quarter.from),
    toDay: dateToDay(quarter.to),
    grain: 'whole',
    where: {},
    by: 'product',
    across: 'category',
  }
  return database.db.transaction(scope, (tx) => figuresOf(tx, [code], question, { now }), { readOnly: true })
}

function pairSql(dialect: Dialect, { scope }: Loaded): string {
  const time = (date: string) => instantSql(zone(zoneName).dayStartMs(dateToDay(date)), dialect)
  const postgres = dialect === 'postgres'
  const took = postgres
    ? 'sum(extract(epoch from resolved_at - received_at))'
    : 'sum(epoch_ms(resolved_at) - epoch_ms(received_at)) / 1000'
  return `
    select product_id::text as product, category || coalesce('-' || subcategory, '') as category, count(*) as n,
      ${took} as took
    from ${postgres ? 'cases.work_order' : 'work_order'}
    where ${postgres ? `organization_id = '${scope.organizationId}' and ` : ''}resolved_at >= ${time(quarter.from)}
      and resolved_at < ${time(quarter.to)}
    group by 1, 2`
}

/** What the slice takes up, for goal 12. */
async function sayStorage(loaded: Loaded): Promise<void> {
  const { rows } = await loaded.database.raw.query<{
    slice: string
    rows: number
    bytes: number
    mb: number
  }>(`
    select slice, count(*)::int as rows, avg(length(total) + length(days))::int as bytes,
      round(sum(length(total) + length(days)) / 1e6, 1)::float8 as mb
    from measurement.cell group by 1 order by 4`)
  for (const { slice, rows: of, bytes, mb } of rows)
    say(`slice ${slice}: ${of} rows of ${bytes} bytes, ${mb} MB`)
}
