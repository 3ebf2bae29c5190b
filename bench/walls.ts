import type { Loaded } from './reading.ts'
import { atMost, type Goal, say } from './report.ts'
import { interleaved } from './timing.ts'

/** Goal 14: the statement that reads cells, behind the walls, and with the same conditions written out past them. */
export async function measureWalls({ database, scope, rows }: Loaded, runs: number): Promise<Goal> {
  const { organizationId, unitIds } = scope
  const read = `
    select member, month_on - date '1970-01-01', total from measurement.cell
    where organization_id = $1 and slice = 'unit' and month_on >= '2025-01-01' and month_on < '2026-01-01'`
  const behind = () =>
    database.db.transaction(scope, (tx) =>
      tx.client.query({ text: read, values: [organizationId], rowMode: 'array' }),
    )
  // A transaction of its own, as behind the walls, so that the conditions alone are compared.
  const written = async () => {
    const client = await database.raw.connect()
    try {
      await client.query('begin')
      await client.query({
        text: `${read} and unit_id = any($2::uuid[])`,
        values: [organizationId, unitIds],
        rowMode: 'array',
      })
      await client.query('commit')
    } finally {
      client.release()
    }
  }
  const took = await interleaved({ behind, written }, runs * 3)
  say(`goal 14: ${took.behind.toFixed(2)} ms behind the walls, ${took.written.toFixed(2)} ms past them`)
  return atMost(
    14,
    `cells of 60 teams and 12 months, ${rows} tickets: behind row-level security`,
    1.15,
    took.behind / took.written,
  )
}
