import type { z } from 'zod'
import type { readFeeds } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'

type Feed = z.input<typeof readFeeds.reply>['failing'][number]

interface Row {
  source: string
  good_at: Date | null
  failing_since: Date
  failure: { zh: string; en: string } | null
}

/** Sources whose newest import failed: since the first failure after the last good one, with the newest reason. */
export async function failingFeeds(tx: Tx): Promise<Feed[]> {
  const rows = await tx.rows<Row>(sql`
    with good as (
      select source_id, max(created_at) as at from intake.batch
      where organization_id = ${tx.organizationId} and state = 'done' group by source_id
    )
    select s.name as source, g.at as good_at, min(b.created_at) as failing_since,
      (array_agg(b.failure order by b.created_at desc))[1] as failure
    from intake.batch b
    join directory.source s on s.organization_id = ${tx.organizationId} and s.id = b.source_id
    left join good g on g.source_id = b.source_id
    where b.organization_id = ${tx.organizationId} and b.state = 'failed' and (g.at is null or b.created_at > g.at)
    group by s.name, g.at
    order by s.name`)
  return rows.map(({ source, good_at, failing_since, failure }) => ({
    source,
    goodAt: good_at?.toISOString() ?? null,
    failingSince: failing_since.toISOString(),
    reason: failure && { zh: failure.zh, en: failure.en },
  }))
}
