import { type FigureRow, figuresOf, type Question } from '../server/measurement/index.ts'
import type { Scope } from '../server/platform/database.ts'
import { dateToDay, zone } from '../server/platform/time.ts'
import type { Duck } from './duck.ts'
import { type Answer, type Asked, type By, codes, peerAnswer, peerSql } from './peers.ts'
import { atLeast, atMost, type Goal, say } from './report.ts'
import type { BenchDatabase } from './server.ts'
import { now, zoneName } from './tickets.ts'
import { interleaved } from './timing.ts'

/** A loaded and measured size, with its peers. */
export interface Loaded {
  rows: number
  database: BenchDatabase
  scope: Scope
  duck: Duck | undefined
}

export interface Case {
  id: 2 | 3 | 5
  name: string
  from: string
  to: string
  by: By
  /** How many the peers must answer; without it some may have no tickets at all. */
  keys?: number
  limits: { postgres: number; duckdb: number }
}

export const cases: Case[] = [
  {
    id: 2,
    name: 'scorecard of 60 teams × 8 indicators, one month',
    from: '2025-06-01',
    to: '2025-07-01',
    by: 'unit',
    keys: 60,
    limits: { postgres: 1000, duckdb: 150 },
  },
  {
    id: 3,
    name: '12-month company trend of 8 indicators',
    from: '2025-01-01',
    to: '2026-01-01',
    by: 'month',
    keys: 12,
    limits: { postgres: 5000, duckdb: 500 },
  },
  {
    id: 5,
    name: 'ranking of 1,200 agents × 8 indicators, one month',
    from: '2025-06-01',
    to: '2025-07-01',
    by: 'agent',
    limits: { postgres: 100, duckdb: 15 },
  },
]

/** Milliseconds of the same question to the cells and to the rows, asked in turn. */
export interface Times {
  ours: number
  postgres: number
  duckdb?: number
}

export async function timeReading(loaded: Loaded, one: Case, runs: number): Promise<Times> {
  await compareAnswers(loaded, one)
  const { database, duck } = loaded
  const asked = askedOf(loaded, one)
  const contestants: Record<string, () => Promise<unknown>> = {
    ours: () => askOurs(loaded, one),
    postgres: () => database.raw.query(peerSql('postgres', asked)),
  }
  if (duck) contestants.duckdb = () => duck.rows(peerSql('duckdb', asked))
  const { ours = 0, postgres = 0, duckdb } = await interleaved(contestants, runs)
  return { ours, postgres, ...(duckdb !== undefined && { duckdb }) }
}

/** Goals 2, 3 and 5: one question to the cells against the same question to the rows. */
export async function measureReading(loaded: Loaded, one: Case, runs: number): Promise<Goal[]> {
  const { ours, postgres, duckdb } = await timeReading(loaded, one, runs)
  say(
    `goal ${one.id}: ours ${ours.toFixed(2)} ms, PostgreSQL ${postgres.toFixed(0)} ms` +
      (duckdb === undefined ? '' : `, DuckDB ${duckdb.toFixed(0)} ms`),
  )
  const goal = (peer: string, limit: number, ms: number) =>
    atLeast(one.id, `${one.name}, ${loaded.rows} tickets: ${peer} takes × times ours`, limit, ms / ours)
  return [
    goal('raw PostgreSQL', one.limits.postgres, postgres),
    ...(duckdb === undefined ? [] : [goal('DuckDB', one.limits.duckdb, duckdb)]),
  ]
}

/** Goal 7: the same question at both sizes, in turn. */
export async function measureGrowth(small: Loaded, large: Loaded, one: Case, runs: number): Promise<Goal> {
  const took = await interleaved({ small: () => askOurs(small, one), large: () => askOurs(large, one) }, runs)
  say(`goal 7: ${one.name}: ${took.small.toFixed(2)} ms, then ${took.large.toFixed(2)} ms`)
  return atMost(
    7,
    `${one.name}: growth from ${small.rows} to ${large.rows} tickets`,
    1.3,
    took.large / took.small,
  )
}

const questionOf = ({ from, to, by }: Case): Question => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'month',
  where: {},
  ...(by !== 'month' && { by }),
})

export const askOurs = ({ database, scope }: Loaded, one: Case): Promise<Map<string, FigureRow[]>> =>
  database.db.transaction(scope, (tx) => figuresOf(tx, codes, questionOf(one), { now }), { readOnly: true })

export const askedOf = ({ scope }: Loaded, { from, to, by }: Case): Asked => ({
  organizationId: scope.organizationId,
  fromMs: zone(zoneName).dayStartMs(dateToDay(from)),
  toMs: zone(zoneName).dayStartMs(dateToDay(to)),
  by,
})

/** A fast figure that is wrong is worth nothing: every n and sum must be the peers'. */
async function compareAnswers(loaded: Loaded, one: Case): Promise<void> {
  const asked = askedOf(loaded, one)
  const ours = ourAnswer(await askOurs(loaded, one))
  const peers = {
    PostgreSQL: peerAnswer((await loaded.database.raw.query(peerSql('postgres', asked))).rows),
    ...(loaded.duck && { DuckDB: peerAnswer(await loaded.duck.rows(peerSql('duckdb', asked))) }),
  }
  for (const [name, peer] of Object.entries(peers)) {
    if (one.keys !== undefined && peer.size !== one.keys * codes.length)
      throw new Error(`${name} answers ${peer.size} figures`)
    for (const [key, theirs] of peer) {
      const own = ours.get(key)
      if (own?.n !== theirs.n || own.sum !== theirs.sum)
        throw new Error(
          `goal ${one.id}, ${key}: ours ${JSON.stringify(own)}, ${name} ${JSON.stringify(theirs)}`,
        )
    }
  }
}

/** Sums in seconds, as the generated times are whole seconds. */
function ourAnswer(figures: Map<string, FigureRow[]>): Answer {
  const answer: Answer = new Map()
  for (const [code, rows] of figures)
    for (const row of rows) {
      const size = code.endsWith('_minutes') ? 60 : 3600
      const sum = row.numerator ?? Math.round((row.sum ?? 0) * size)
      answer.set(`${row.member ?? row.period} ${code}`, { n: row.n, sum })
    }
  return answer
}
