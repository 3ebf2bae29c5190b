-- Orders that customers placed. ------------------------------------------------------------------------------

create schema purchases;

create table purchases.purchase (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  unit_id uuid not null,
  agent_id uuid,
  -- null where the source names nobody: such a purchase counts in no measure of customers
  customer_id uuid,
  product_id uuid,
  channel text,
  ordered_at timestamptz not null,
  amount numeric(11, 2),
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
  constraint purchase_external_unique unique (organization_id, source_id, external_id),
  constraint purchase_amount_check check (amount >= 0)
);
-- serves: measures of customers and lists of a period
create index purchase_ordered on purchases.purchase (organization_id, ordered_at);
-- serves: whether an undone import may take a customer away
create index purchase_customer on purchases.purchase (organization_id, customer_id) where customer_id is not null;
-- serves: undo and the records of a batch
create index purchase_batch on purchases.purchase (organization_id, batch_id) where batch_id is not null;
alter table purchases.purchase enable row level security;
alter table purchases.purchase force row level security;
create policy tenant on purchases.purchase using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));

-- Trainings have their table in the next migration: whichever of the two comes first, the lists hold both.
alter table platform.change drop constraint change_kind_check;
alter table platform.change add constraint change_kind_check
  check (fact_kind in ('work_order', 'response', 'feedback', 'contact', 'inspection', 'purchase', 'training'));
alter table records.view drop constraint view_list_check;
alter table records.view add constraint view_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections', 'purchases', 'trainings'));
alter table records.export drop constraint export_list_check;
alter table records.export add constraint export_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections', 'purchases', 'trainings'));
