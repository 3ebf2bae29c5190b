import pg from 'pg'
import { peerSql } from './peers.ts'
import { askedOf, askOurs, cases, type Loaded } from './reading.ts'
import { atLeast, type Goal, say } from './report.ts'
import { median } from './timing.ts'

const clients = 8
const leastMs = 1500

/** Goal 8: eight clients ask for the scorecard again and again; answers a second, in turns with the peers. */
export async function measureThroughput(loaded: Loaded, runs: number): Promise<Goal[]> {
  const [one] = cases
  const asked = askedOf(loaded, one!)
  const pool = new pg.Pool({ ...loaded.database.super, max: clients })
  pool.on('error', () => {})
  const contestants: Record<string, (client: number) => Promise<unknown>> = {
    ours: () => askOurs(loaded, one!),
    postgres: () => pool.query(peerSql('postgres', asked)),
  }
  const ducks = await loaded.duck?.clients(clients)
  if (ducks) contestants.duckdb = (client) => ducks[client]!(peerSql('duckdb', asked))
  try {
    const rates = Object.entries(contestants).map(([name, ask]) => ({ name, ask, taken: [] as number[] }))
    for (let run = 0; run < runs; run++) for (const { ask, taken } of rates) taken.push(await rateOf(ask))
    const [ours, postgres, duckdb] = rates.map(({ taken }) => median(taken))
    say(
      `goal 8: ours ${ours?.toFixed(0)} a second, PostgreSQL ${postgres?.toFixed(2)}, DuckDB ${duckdb?.toFixed(2)}`,
    )
    const name = `scorecards a second, ${clients} clients, ${loaded.rows} tickets`
    return [
      atLeast(8, `${name}: ours × times raw PostgreSQL's`, 100, ours! / postgres!),
      ...(ducks ? [atLeast(8, `${name}: ours × times DuckDB's`, 20, ours! / duckdb!)] : []),
    ]
  } finally {
    await pool.end()
  }
}

/** Answers a second of clients that each ask again once answered, for a while and at least once each. */
async function rateOf(ask: (client: number) => Promise<unknown>): Promise<number> {
  const start = performance.now()
  let answers = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      do {
        await ask(client)
        answers++
      } while (performance.now() - start < leastMs)
    }),
  )
  return (answers * 1000) / (performance.now() - start)
}
