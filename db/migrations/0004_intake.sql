-- Imports that leave hand edits alone, and cells mended before they were taken in.

-- Keyed hash of the row as its source last gave it: one that comes again unchanged leaves what people edited.
alter table cases.work_order add column row_hash text;
alter table surveys.response add column row_hash text;
alter table surveys.feedback add column row_hash text;

-- Rows taken with a doubt, cells mended before the import, and what was done with numbers that were there already.
alter table intake.batch add column warned int not null default 0;
alter table intake.batch add column corrected int not null default 0;
alter table intake.batch add column duplicates text not null default 'update';
alter table intake.batch add constraint batch_duplicates_check check (duplicates in ('update', 'skip', 'overwrite'));

-- A cell that was mended in the preview: the raw row stays as it came, this says what was read instead and by whom.
-- The new value is encrypted, since it may be a name.
create table intake.correction (
  organization_id uuid not null,
  batch_id uuid not null,
  line int not null,
  column_name text not null,
  unit_id uuid not null,
  value bytea not null,
  user_id uuid,
  corrected_at timestamptz not null,
  primary key (organization_id, batch_id, line, column_name),
  constraint correction_batch_fk foreign key (organization_id, batch_id) references intake.batch (organization_id, id) on delete cascade
);
alter table intake.correction enable row level security;
alter table intake.correction force row level security;
create policy tenant on intake.correction using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));
