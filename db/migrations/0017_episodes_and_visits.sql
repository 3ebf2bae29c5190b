-- Orders that were opened again, visits, and limits by fault level ------------------------------------------

alter table cases.work_order
  -- how often the order was open again after its first solution: a line each, an ISO 8601 interval from the re-opening
  -- to the solution (none while it is open) and, where it was another's, the id of who solved it
  add column episodes text,
  -- derived: when each of them runs out, a line each, blank where it never does
  add column episode_dues text,
  -- how often somebody came; 0 where it was solved from afar
  add column visits int,
  -- derived: when somebody must have arrived
  add column onsite_due_at timestamptz,
  -- derived: the next repair of the same product and fault within 30 days after the solution
  add column fault_after_at timestamptz,
  add constraint work_order_visits_check check (visits >= 0);
-- serves: orders whose later episodes may count in a span that they themselves do not reach
create index work_order_episodes on cases.work_order (organization_id, occurred_at) where episodes is not null;

alter table standards.time_limit add column fault_level text not null default '';
alter table standards.time_limit drop constraint time_limit_clock_check;
alter table standards.time_limit add constraint time_limit_clock_check
  check (clock in ('response', 'start', 'plan', 'onsite', 'resolution'));
alter table standards.time_limit drop constraint time_limit_pkey;
alter table standards.time_limit add constraint time_limit_pkey
  primary key (organization_id, version, clock, priority, complexity, channel, fault_level);

-- An owner that is no superuser sees no row of a table under FORCE: for this fill it is lifted, within the transaction.
alter table cases.work_order no force row level security;
update cases.work_order w set fault_after_at = next.at
from cases.work_order o
cross join lateral (
  select min(n.received_at) as at from cases.work_order n
  where n.organization_id = o.organization_id and n.serial = o.serial and n.category = 'repair'
    and n.product_id is not distinct from o.product_id and n.subcategory is not distinct from o.subcategory
    and n.id <> o.id and n.received_at > o.resolved_at and n.received_at <= o.resolved_at + interval '30 days'
    and n.excluded_reason is null
) next
where w.organization_id = o.organization_id and w.id = o.id and o.category = 'repair' and next.at is not null;
alter table cases.work_order force row level security;
