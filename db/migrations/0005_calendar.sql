-- Limits in seconds, and in working time; the calendar that says what working time is.

-- A change of type rewrites the rows whole: an update would see none of them through the walls.
alter table standards.time_limit drop constraint time_limit_minutes_check;
alter table standards.time_limit alter column minutes type int using minutes * 60;
alter table standards.time_limit rename column minutes to seconds;
alter table standards.time_limit add constraint time_limit_seconds_check check (seconds > 0);
-- 'always': around the clock; 'working': while the calendar of the unit says so
alter table standards.time_limit add column runs text not null default 'always';
alter table standards.time_limit add constraint time_limit_runs_check check (runs in ('always', 'working'));

-- Versions of the hours of a unit: the root unit's are the organization's. A unit without hours of its own keeps those
-- of the nearest one above it. `week` has the periods of Monday to Sunday, `days` those of single days.
create table standards.calendar (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  unit_id uuid not null,
  version int not null,
  effective_on date not null,
  week jsonb not null,
  -- 'cn': statutory holidays and make-up workdays of China; '': none
  holidays text not null,
  days jsonb not null,
  author_id uuid,
  reason text not null,
  published_at timestamptz not null,
  primary key (organization_id, unit_id, version),
  constraint calendar_unit_fk foreign key (organization_id, unit_id) references directory.unit (organization_id, id) on delete cascade,
  constraint calendar_holidays_check check (holidays in ('', 'cn'))
);
alter table standards.calendar enable row level security;
alter table standards.calendar force row level security;
-- By organization alone: a team's hours are those of a unit above it, which its members do not see.
create policy tenant on standards.calendar using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid);
