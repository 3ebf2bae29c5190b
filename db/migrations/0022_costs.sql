-- Costs of the service: what was spent, on what and when. ---------------------------------------------------------

create table cases.cost (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  kind text not null,
  -- in the organization's currency, exact
  amount numeric(11, 2) not null,
  -- an instant of the day, mostly its midnight in the organization's zone
  incurred_at timestamptz not null,
  unit_id uuid not null,
  agent_id uuid,
  product_id uuid,
  -- the order it was spent on; a number that names no one order is kept as it was written
  work_order_id uuid,
  work_order_external_id text,
  channel text,
  category text,
  subcategory text,
  priority text,
  excluded_reason text,
  demo boolean not null default false,
  batch_id uuid,
  line int,
  created_batch_id uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  -- the last edit by hand: an undo of the import keeps what people changed since
  edited_at timestamptz,
  row_hash text,
  primary key (organization_id, id),
  constraint cost_external_unique unique (organization_id, source_id, external_id),
  constraint cost_kind_check check (kind in ('labour', 'parts', 'travel', 'compensation')),
  constraint cost_amount_check check (amount >= 0)
);
-- serves: cost measures and lists of a period
create index cost_incurred on cases.cost (organization_id, incurred_at);
-- serves: whether an order has costs of its own
create index cost_work_order on cases.cost (organization_id, work_order_external_id) where work_order_external_id is not null;
-- serves: undo and the records of a batch
create index cost_batch on cases.cost (organization_id, batch_id) where batch_id is not null;
alter table cases.cost enable row level security;
alter table cases.cost force row level security;
create policy tenant on cases.cost using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and ((select o.root_unit_id = any(nullif(current_setting('app.units', true), '')::uuid[]) from directory.organization o
      where o.id = nullif(current_setting('app.org', true), '')::uuid)
    or unit_id in (select unnest(nullif(current_setting('app.units', true), '')::uuid[]))));

-- derived: the order has a cost in its own field, and records of costs that name it stand in for that
alter table cases.work_order add column costed boolean not null default false;

-- One more word in each of the lists of kinds, whatever else stands there by now.
do $$
declare
  list record;
begin
  for list in
    select c.oid, c.conrelid::regclass as held, c.conname, word from (values
      ('platform.change', 'change_kind_check', 'cost'),
      ('records.view', 'view_list_check', 'costs'),
      ('records.export', 'export_list_check', 'costs')) as lists (held, name, word)
    join pg_constraint c on c.conrelid = lists.held::regclass and c.conname = lists.name
  loop
    execute format('alter table %s drop constraint %I, add constraint %I %s', list.held, list.conname, list.conname,
      replace(pg_get_constraintdef(list.oid), 'ARRAY[', format('ARRAY[%L::text, ', list.word)));
  end loop;
end $$;
