-- The next version of the standard while it is being worked on: by whom, under which name, in versions of its own so that
-- two editors do not overwrite each other. Nothing is measured by it.
create table standards.draft (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  version int not null,
  -- rows, time limits, day and reason as they stand in the page: what is half typed is kept
  content jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (organization_id, id),
  constraint draft_version_check check (version > 0),
  constraint draft_name_check check (name <> '')
);
alter table standards.draft enable row level security;
alter table standards.draft force row level security;
create policy tenant on standards.draft using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid);
