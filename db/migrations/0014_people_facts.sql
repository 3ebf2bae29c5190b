-- Trainings and exams: each person's part in one. -----------------------------------------------------------

create schema staff;

create table staff.training (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  unit_id uuid not null,
  agent_id uuid not null,
  kind text not null,
  course text,
  held_at timestamptz not null,
  -- of a training always, of an exam seldom
  hours numeric(8, 4),
  -- of the exam, in its own points
  score numeric(6, 2),
  -- null: not judged
  passed boolean,
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
  constraint training_external_unique unique (organization_id, source_id, external_id),
  constraint training_kind_check check (kind in ('training', 'exam')),
  constraint training_hours_check check (hours between 0 and 1000 and (hours is not null or kind = 'exam')),
  constraint training_score_check check (score between 0 and 1000)
);
-- serves: training measures and lists of a period
create index training_held on staff.training (organization_id, held_at);
-- serves: undo and the records of a batch
create index training_batch on staff.training (organization_id, batch_id) where batch_id is not null;
alter table staff.training enable row level security;
alter table staff.training force row level security;
create policy tenant on staff.training using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));

alter table platform.change drop constraint change_kind_check;
alter table platform.change add constraint change_kind_check
  check (fact_kind in ('work_order', 'response', 'feedback', 'contact', 'inspection', 'purchase', 'training'));
alter table records.view drop constraint view_list_check;
alter table records.view add constraint view_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections', 'purchases', 'trainings'));
alter table records.export drop constraint export_list_check;
alter table records.export add constraint export_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections', 'purchases', 'trainings'));
