-- Walls that a long list passes quickly ---------------------------------------------------------------------

-- The unit that responded to an order which another unit has: it sees the order. The wall looked at the order's own column
-- for that, which stands behind sixty others, and so took each row apart down to it.
create table cases.responding_unit (
  organization_id uuid not null,
  work_order_id uuid not null,
  unit_id uuid not null,
  primary key (organization_id, work_order_id),
  constraint responding_unit_order_fk foreign key (organization_id, work_order_id)
    references cases.work_order (organization_id, id) on delete cascade
);
-- serves: the orders that units responded to, in the wall of cases.work_order
create index responding_unit_unit on cases.responding_unit (organization_id, unit_id);

-- An owner that is no superuser sees no row of a table under FORCE: for this fill it is lifted, within the transaction.
alter table cases.work_order no force row level security;
insert into cases.responding_unit (organization_id, work_order_id, unit_id)
select organization_id, id, responder_unit_id from cases.work_order where responder_unit_id is not null;
alter table cases.work_order force row level security;

-- Ids alone, of the organization's own: what is seen through them, the wall of the orders decides.
alter table cases.responding_unit enable row level security;
alter table cases.responding_unit force row level security;
create policy tenant on cases.responding_unit
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid);

alter policy responding on cases.work_order
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
    and id in (select r.work_order_id from cases.responding_unit r
      where r.organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
        and r.unit_id in (select unnest(nullif(current_setting('app.units', true), '')::uuid[]))));

-- Who acts for the root unit acts for all below it: asked once, where else the unit of every row is looked up.
do $$
declare
  name text;
begin
  foreach name in array array['cases.work_order', 'cases.contact', 'surveys.response', 'surveys.feedback',
    'inspections.inspection', 'staff.training', 'staff.attendance', 'purchases.purchase']
  loop
    execute format('alter policy tenant on %s using (organization_id = (select nullif(current_setting(''app.org'', true), ''''))::uuid
      and ((select o.root_unit_id = any(nullif(current_setting(''app.units'', true), '''')::uuid[]) from directory.organization o
          where o.id = nullif(current_setting(''app.org'', true), '''')::uuid)
        or unit_id in (select unnest(nullif(current_setting(''app.units'', true), '''')::uuid[]))))', name);
  end loop;
end $$;
