-- Calls and chats: each time a customer got in touch. ------------------------------------------------------

create table cases.contact (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  unit_id uuid not null,
  agent_id uuid,
  customer_id uuid,
  product_id uuid,
  -- the order it is about; a number that names no one order is kept as it was written
  work_order_id uuid,
  work_order_external_id text,
  channel text not null,
  category text,
  subcategory text,
  priority text,
  started_at timestamptz not null,
  -- null: nobody answered
  answered_at timestamptz,
  rings int,
  ended_at timestamptz,
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
  constraint contact_external_unique unique (organization_id, source_id, external_id),
  constraint contact_rings_check check (rings >= 0)
);
-- serves: contact measures and lists of a period
create index contact_started on cases.contact (organization_id, started_at);
-- serves: undo and the records of a batch
create index contact_batch on cases.contact (organization_id, batch_id) where batch_id is not null;
alter table cases.contact enable row level security;
alter table cases.contact force row level security;
create policy tenant on cases.contact using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));

alter table platform.change drop constraint change_kind_check;
alter table platform.change add constraint change_kind_check
  check (fact_kind in ('work_order', 'response', 'feedback', 'contact'));
alter table records.view drop constraint view_list_check;
alter table records.view add constraint view_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts'));
alter table records.export drop constraint export_list_check;
alter table records.export add constraint export_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts'));
