-- Saved views of lists, exports that run behind the page, and the history of one record.
create schema if not exists records;

-- What a list shows under a name: filters, order, columns, as its address says them. With `team_unit_id` it is there for everyone
-- of that unit and of those below it, else for its maker alone.
create table records.view (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  list text not null,
  name text not null,
  query text not null,
  user_id uuid not null,
  team_unit_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint view_list_check check (list in ('work-orders', 'feedback', 'responses')),
  constraint view_user_fk foreign key (organization_id, user_id) references access.user (organization_id, id) on delete cascade,
  constraint view_team_fk foreign key (organization_id, team_unit_id) references directory.unit (organization_id, id) on delete cascade,
  constraint view_name_unique unique nulls not distinct (organization_id, user_id, list, team_unit_id, name)
);

-- The view a person's list opens with.
create table records.usual_view (
  organization_id uuid not null,
  user_id uuid not null,
  list text not null,
  view_id uuid not null,
  primary key (organization_id, user_id, list),
  constraint usual_view_user_fk foreign key (organization_id, user_id) references access.user (organization_id, id) on delete cascade,
  constraint usual_view_fk foreign key (organization_id, view_id) references records.view (organization_id, id) on delete cascade
);

-- An export and how far it is. The file lies outside the database for 24 hours.
create table records.export (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  user_id uuid not null,
  list text not null,
  format text not null,
  file_name text not null,
  state text not null,
  total int not null,
  rows_done int not null default 0,
  created_at timestamptz not null,
  -- the last sign of life: a process that died leaves it behind
  alive_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, id),
  constraint export_user_fk foreign key (organization_id, user_id) references access.user (organization_id, id) on delete cascade,
  constraint export_list_check check (list in ('work-orders', 'feedback', 'responses')),
  constraint export_format_check check (format in ('xlsx', 'csv')),
  constraint export_state_check check (state in ('running', 'done', 'failed', 'cancelled'))
);
-- serves: the exports of one person, newest first
create index export_user on records.export (organization_id, user_id, created_at desc);

-- serves: the history of one record
create index audit_event_object on platform.audit_event (organization_id, object_kind, object_id, at)
  where object_id is not null;

do $$
declare
  name regclass;
begin
  for name in select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'records' and c.relkind = 'r'
  loop
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy tenant on %s using (organization_id = (select nullif(current_setting(''app.org'', true), ''''))::uuid)', name);
  end loop;
end $$;
