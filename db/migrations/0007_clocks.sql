-- Limits in working days, pauses of work orders, and what their limits were last worked out by.

alter table standards.time_limit drop constraint time_limit_runs_check;
-- 'workdays': whole working days (86,400 seconds each), over at the end of the last one's hours
alter table standards.time_limit add constraint time_limit_runs_check
  check (runs in ('always', 'working') or (runs = 'workdays' and seconds % 86400 = 0));

-- JSON of the times the clocks stood still, as given: [[from, to or null, reason], …] with instants in epoch ms.
alter table cases.work_order add column pauses text;

-- Limits and hours change; the orders of an organization are then gone through again, by id.
create table cases.clock_review (
  organization_id uuid primary key references directory.organization (id) on delete cascade,
  -- how many versions there were when they were last compared
  standards int not null,
  calendars int not null,
  -- what the limits of all orders follow from
  rules text not null,
  -- the order gone through last; null when no review is under way
  after_id uuid
);
alter table cases.clock_review enable row level security;
alter table cases.clock_review force row level security;
create policy tenant on cases.clock_review using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid);

-- Organizations with another number of versions than last seen, or in the middle of a review.
do $$
begin
  execute format('create policy reviewing on standards.standard for select to %I using (true)', current_user);
  execute format('create policy reviewing on standards.calendar for select to %I using (true)', current_user);
  execute format('create policy reviewing on cases.clock_review for select to %I using (true)', current_user);
end $$;
create function cases.organizations_to_review() returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  as 'select s.organization_id
      from (select organization_id, count(*) as n from standards.standard group by 1) s
      left join (select organization_id, count(*) as n from standards.calendar group by 1) c using (organization_id)
      left join cases.clock_review r using (organization_id)
      where r.organization_id is null or r.after_id is not null or r.standards <> s.n or r.calendars <> coalesce(c.n, 0)';
