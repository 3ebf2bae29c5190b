-- Measures an organization composes of its own: which records, narrowed how, and what is made of them.
create table measurement.own_measure (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  better text not null,
  definition jsonb not null,
  -- the place in the cells that holds its shares
  tally text not null,
  version int not null default 1,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (organization_id, id),
  constraint own_measure_code_unique unique (organization_id, code),
  constraint own_measure_tally_unique unique (organization_id, tally),
  constraint own_measure_better_check check (better in ('lower', 'higher', 'none'))
);
alter table measurement.own_measure enable row level security;
alter table measurement.own_measure force row level security;
create policy tenant on measurement.own_measure
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid);

-- The definitions the cells were counted by, in the order of their tallies; null where nobody can say any more.
alter table measurement.state add column own jsonb default '[]';

-- Organizations whose cells do not hold the definitions that stand, for the worker, which belongs to none.
do $$ begin
  execute format('create policy renewing on measurement.own_measure for select to %I using (true)', current_user);
  execute format('create policy renewing on measurement.state for select to %I using (true)', current_user);
end $$;
create function measurement.organizations_to_renew() returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  as 'select s.organization_id from measurement.state s
      where s.own is distinct from coalesce(
        (select jsonb_agg(jsonb_build_object(''tally'', o.tally, ''definition'', o.definition) order by o.tally)
         from measurement.own_measure o where o.organization_id = s.organization_id), ''[]'')';
