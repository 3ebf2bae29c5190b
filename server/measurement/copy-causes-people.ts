import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { made, type Since, type Touch } from './copy-touch.ts'

/** Staff lists and corrections that gave people who resolved orders in a period another day of joining. */
export async function peopleTouches(tx: Tx, since: Since, from: Date): Promise<Touch[]> {
  const files = await tx.rows<{ id: string; file_name: string; by: string | null; at: Date }>(sql`
    select b.id, b.file_name, u.name as by, b.finished_at as at from intake.batch b
    left join access.user u on u.organization_id = b.organization_id and u.id = b.user_id
    where b.organization_id = ${tx.organizationId} and b.kind = 'people' and b.state = 'done' and b.finished_at >= ${from}
      and exists (select from intake.superseded s where s.organization_id = b.organization_id and s.batch_id = b.id
        and s.fact_kind = 'person'
        and s.before #>> '{before,postings,0,fromOn}' is distinct from s.before #>> '{after,postings,0,fromOn}'
        and ${resolvedSome(tx, sql`s.fact_id`, since)})`)
  const corrected = await tx.rows<{ id: string; by: string; at: Date; names: string }>(sql`
    select e.id, coalesce(u.name, e.actor_name) as by, e.at, p.names from platform.audit_event e
    left join access.user u on u.organization_id = e.organization_id and u.id = e.actor_id
    cross join lateral (
      select string_agg(p.name, ', ' order by p.name) as names from directory.person p
      where p.organization_id = e.organization_id and e.detail->'rejoined' ? p.id::text
        and ${resolvedSome(tx, sql`p.id`, since)}) p
    where e.organization_id = ${tx.organizationId} and e.at >= ${from} and e.result = 'ok' and e.object_kind in ('people', 'person')
      and coalesce(e.detail->'applied', 'true') = 'true' and p.names is not null`)
  const whole = { unitId: since.rootUnitId }
  return [
    ...files.map(({ id, file_name, by, at }) => ({
      ...whole,
      key: `import ${id}`,
      cause: made({ kind: 'import', at: at.toISOString(), by, what: file_name, batch: id }),
    })),
    ...corrected.map(({ id, by, at, names }) => ({
      ...whole,
      key: id,
      cause: made({ kind: 'people', at: at.toISOString(), by, what: names }),
    })),
  ]
}

const resolvedSome = (tx: Tx, personId: Sql, { period, zone }: Since): Sql => sql`
  ${personId} in (select agent_id from cases.work_order where organization_id = ${tx.organizationId}
    and resolved_at >= ${new Date(zone.dayStartMs(period.fromDay))} and resolved_at < ${new Date(zone.dayStartMs(period.toDay))})`
