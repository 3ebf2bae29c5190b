-- Where each unit stood: a figure of a day goes by the tree of that day. A unit that never moved has no row here; the first
-- move writes where it stood before, and each move a row more. Rows are never changed: the one recorded last says where a unit
-- stood from its day on.
create table directory.unit_place (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  unit_id uuid not null,
  -- in the order recorded; 0 is where the unit stood before its first move
  number int not null,
  parent_id uuid not null,
  -- a local day of the organization; 0001-01-01 is from ever
  from_on date not null,
  recorded_at timestamptz not null,
  -- null and empty: nobody, for the place before the first move
  recorded_by uuid,
  recorded_by_name text not null default '',
  primary key (organization_id, unit_id, number),
  constraint unit_place_unit_fk foreign key (organization_id, unit_id)
    references directory.unit (organization_id, id) on delete cascade,
  constraint unit_place_parent_fk foreign key (organization_id, parent_id) references directory.unit (organization_id, id)
);
alter table directory.unit_place enable row level security;
alter table directory.unit_place force row level security;
-- Guarded by the organization alone, as the units are: the tree must be known to compute a scope.
create policy tenant on directory.unit_place
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid);

-- How often a unit was moved: at 0 no reading looks for places. A unit below another calendar has other hours, so the review
-- of clocks begins when this number is another than it saw last.
alter table directory.organization add column unit_moves int not null default 0;
alter table cases.clock_review add column unit_moves int not null default 0;
do $$
begin
  execute format('create policy reviewing on directory.organization for select to %I using (true)', current_user);
end $$;
create or replace function cases.organizations_to_review() returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  as 'select s.organization_id
      from (select organization_id, count(*) as n from standards.standard group by 1) s
      left join (select organization_id, count(*) as n from standards.calendar group by 1) c using (organization_id)
      join directory.organization o on o.id = s.organization_id
      left join cases.clock_review r using (organization_id)
      where r.organization_id is null or r.after_id is not null or r.standards <> s.n or r.calendars <> coalesce(c.n, 0)
        or r.unit_moves <> o.unit_moves';
