-- Inspections of contacts and orders, and visits of mystery shoppers. ----------------------------------------

create schema inspections;

create table inspections.inspection (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  unit_id uuid not null,
  agent_id uuid,
  customer_id uuid,
  product_id uuid,
  -- what was inspected; a number that names no one order is kept as it was written
  work_order_id uuid,
  work_order_external_id text,
  contact_external_id text,
  kind text not null,
  channel text,
  category text,
  subcategory text,
  priority text,
  inspected_at timestamptz,
  contact_at timestamptz,
  -- derived: when what was inspected took place, else when it was inspected
  occurred_at timestamptz not null,
  inspector text,
  form text,
  -- one a line, as written: 礼仪-问候语(10): 8
  items text,
  score_given numeric(6, 3),
  -- derived from the items, else as given
  score numeric(6, 3),
  etiquette_score numeric(6, 3),
  wording_score numeric(6, 3),
  fields_right int,
  fields_inspected int,
  remark text,
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
  constraint inspection_external_unique unique (organization_id, source_id, external_id),
  constraint inspection_kind_check check (kind in ('inspection', 'mystery_shopper')),
  constraint inspection_score_check check (score between 0 and 100 and score_given between 0 and 100),
  constraint inspection_fields_check check (fields_right between 0 and fields_inspected)
);
-- serves: inspection measures and lists of a period
create index inspection_occurred on inspections.inspection (organization_id, occurred_at);
-- serves: undo and the records of a batch
create index inspection_batch on inspections.inspection (organization_id, batch_id) where batch_id is not null;
alter table inspections.inspection enable row level security;
alter table inspections.inspection force row level security;
create policy tenant on inspections.inspection using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));

alter table platform.change drop constraint change_kind_check;
alter table platform.change add constraint change_kind_check
  check (fact_kind in ('work_order', 'response', 'feedback', 'contact', 'inspection'));
alter table records.view drop constraint view_list_check;
alter table records.view add constraint view_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections'));
alter table records.export drop constraint export_list_check;
alter table records.export add constraint export_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections'));
