/**
 * The aggregates of the cells as one set-based statement: per slice member, day and tally the records, sum and sum
 * of squares, and per bucket of the four duration tallies the count. It leaves out what our kernel also minds
 * (verdicts, missing fields, plans), so it has the easier task.
 */
export function setBasedSql(organizationId: string): string {
  const day = (at: string) => `(${at} at time zone 'Asia/Shanghai')::date`
  const ms = (later: string, earlier: string) => `extract(epoch from ${later} - ${earlier})::float8 * 1000`
  const tallies = [
    `(0, ${day('received_at')}, ${ms('responded_at', 'received_at')}, responded_at is not null)`,
    `(1, ${day('least(responded_at, response_due_at)')}, (responded_at <= response_due_at)::int, true)`,
    `(2, ${day('least(started_at, start_due_at)')}, (started_at <= start_due_at)::int, started_at is not null)`,
    `(4, ${day('resolved_at')}, ${ms('resolved_at', 'started_at')}, resolved_at is not null)`,
    `(5, ${day('resolved_at')}, ${ms('resolved_at', 'received_at')}, resolved_at is not null)`,
    `(7, ${day('least(resolved_at, resolution_due_at)')}, (resolved_at <= resolution_due_at)::int, true)`,
    `(8, ${day('resolved_at')}, (contact_count = 1 and reopen_count = 0)::int, resolved_at is not null)`,
    `(9, ${day('received_at')}, (resolved_at is not null and contact_count = 1 and reopen_count = 0)::int, true)`,
    `(10, ${day('received_at')}, (resolved_at is not null and reopen_count = 0)::int, true)`,
    `(11, ${day('resolved_at')}, (reopen_count > 0)::int, resolved_at is not null)`,
    `(12, ${day('received_at')}, filled_fields, true)`,
  ]
  return `
    create temp table aggregates as
    with share as materialized (
      select unit_id, agent_id, product_id, category, subcategory, channel, s.tally, s.day, s.value,
        case when s.tally in (0, 4, 5) then case when s.value <= 1 then 0 else ceil(ln(s.value) / ln(1.04))::int end end as bucket
      from cases.work_order
      cross join lateral (values ${tallies.join(', ')}) as s (tally, day, value, counts)
      where organization_id = '${organizationId}' and s.counts
    )
    select tally, day, bucket, unit_id, agent_id, product_id, category, subcategory, channel,
      count(*) as records, sum(value) as sum, sum(value * value) as squares
    from share
    group by tally, day, bucket, grouping sets ((), (unit_id), (agent_id), (product_id), (category, subcategory), (channel))`
}
