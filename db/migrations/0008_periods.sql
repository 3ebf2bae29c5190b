-- Closed periods: numbered copies of the scorecard of the organization and of each unit. They are records, not derived:
-- written once, never changed (the grants in server/platform/migrate.ts take the rest away) and never computed again.

-- Copy 1 is made by closing, each later one by restating. A period is named by its label: 2024-06, 2024-Q2, 2024-W21.
create table measurement.period_copy (
  organization_id uuid not null references directory.organization (id),
  period text not null,
  number int not null,
  zone text not null,
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  note text not null,
  -- what was already in these figures although its time alone would not tell: imports and edits of the last moments
  known jsonb not null,
  primary key (organization_id, period, number),
  constraint period_copy_number_check check (number >= 1),
  constraint period_copy_note_check check (note <> '')
);

-- The scorecard of one unit as exact texts (contract/measurement-periods.ts: exactCard). Text and not jsonb: the same
-- bytes come back. No key to the unit: it may go, its record stays under the name it had.
create table measurement.copy_card (
  organization_id uuid not null,
  period text not null,
  number int not null,
  unit_id uuid not null,
  unit_name text not null,
  parent_id uuid,
  card text not null,
  primary key (organization_id, period, number, unit_id),
  constraint copy_card_copy_fk foreign key (organization_id, period, number)
    references measurement.period_copy (organization_id, period, number)
);

-- What a restatement moved in one unit against the copy before it.
create table measurement.copy_difference (
  organization_id uuid not null,
  period text not null,
  number int not null,
  unit_id uuid not null,
  difference text not null,
  primary key (organization_id, period, number, unit_id),
  constraint copy_difference_copy_fk foreign key (organization_id, period, number)
    references measurement.period_copy (organization_id, period, number)
);

-- Why it moved. A cause without a unit (a standard, the time zone) concerns everybody.
create table measurement.copy_cause (
  organization_id uuid not null,
  period text not null,
  number int not null,
  position int not null,
  unit_id uuid,
  cause text not null,
  primary key (organization_id, period, number, position),
  constraint copy_cause_copy_fk foreign key (organization_id, period, number)
    references measurement.period_copy (organization_id, period, number)
);

alter table measurement.period_copy enable row level security;
alter table measurement.period_copy force row level security;
create policy tenant on measurement.period_copy
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid);

alter table measurement.copy_card enable row level security;
alter table measurement.copy_card force row level security;
create policy tenant on measurement.copy_card
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
    and unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));

alter table measurement.copy_difference enable row level security;
alter table measurement.copy_difference force row level security;
create policy tenant on measurement.copy_difference
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
    and unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));

alter table measurement.copy_cause enable row level security;
alter table measurement.copy_cause force row level security;
create policy tenant on measurement.copy_cause
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
    and (unit_id is null or unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[])));
