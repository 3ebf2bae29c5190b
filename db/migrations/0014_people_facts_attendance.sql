-- Attendance: each person's working days. -------------------------------------------------------------------

create table staff.attendance (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  unit_id uuid not null,
  agent_id uuid not null,
  -- an instant of the day, mostly its midnight in the organization's zone
  worked_at timestamptz not null,
  scheduled_hours numeric(6, 4) not null,
  worked_hours numeric(6, 4),
  on_duty_given boolean,
  -- derived: as given, else from the hours
  on_duty boolean not null,
  -- null: not known
  qualified boolean,
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
  constraint attendance_external_unique unique (organization_id, source_id, external_id),
  constraint attendance_hours_check check (scheduled_hours between 0 and 24 and worked_hours between 0 and 24)
);
-- serves: attendance measures and lists of a period
create index attendance_worked on staff.attendance (organization_id, worked_at);
-- serves: undo and the records of a batch
create index attendance_batch on staff.attendance (organization_id, batch_id) where batch_id is not null;
alter table staff.attendance enable row level security;
alter table staff.attendance force row level security;
create policy tenant on staff.attendance using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and unit_id in (select unnest(nullif(current_setting('app.units', true), '')::uuid[])));

alter table platform.change drop constraint change_kind_check;
alter table platform.change add constraint change_kind_check
  check (fact_kind in ('work_order', 'response', 'feedback', 'contact', 'inspection', 'purchase', 'training', 'attendance'));
alter table records.view drop constraint view_list_check;
alter table records.view add constraint view_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections', 'purchases', 'trainings', 'attendance'));
alter table records.export drop constraint export_list_check;
alter table records.export add constraint export_list_check
  check (list in ('work-orders', 'feedback', 'responses', 'contacts', 'inspections', 'purchases', 'trainings', 'attendance'));
