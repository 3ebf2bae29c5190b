-- The second wall. The application role sees an organization's rows only inside a transaction that set
-- app.org, and team rows only of the units in app.units; a missing setting shows nothing. Both casts of the
-- units are needed: the outer for the type, the inner so that the list is parsed once, not for each row.

do $$
declare
  t record;
begin
  for t in
    select c.oid::regclass as name, n.nspname, c.relname,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'unit_id' and not a.attisdropped) as has_unit
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r'
      and n.nspname in ('platform', 'directory', 'access', 'standards', 'cases', 'surveys', 'intake', 'measurement')
      and (n.nspname, c.relname) not in (('platform', 'migration'), ('access', 'login'), ('access', 'session'), ('access', 'sign_in_attempt'))
  loop
    execute format('alter table %s enable row level security', t.name);
    execute format('alter table %s force row level security', t.name);
    if t.nspname = 'directory' and t.relname = 'organization' then
      execute format('create policy tenant on %s using (id = (select nullif(current_setting(''app.org'', true), ''''))::uuid)', t.name);
    elsif t.has_unit and (t.nspname, t.relname) not in (('directory', 'posting'), ('access', 'grant')) then
      execute format('create policy tenant on %s using (organization_id = (select nullif(current_setting(''app.org'', true), ''''))::uuid
        and unit_id = any((select nullif(current_setting(''app.units'', true), '''')::uuid[])::uuid[]))', t.name);
    else
      execute format('create policy tenant on %s using (organization_id = (select nullif(current_setting(''app.org'', true), ''''))::uuid)', t.name);
    end if;
  end loop;
end $$;

-- The measuring worker must know which organizations wait; it learns ids, nothing else. The policy lets
-- the owning role, which runs the function, see the queue; the application role still sees only its own.
do $$
begin
  execute format('create policy waiting on platform.change for select to %I using (true)', current_user);
end $$;
create function platform.organizations_waiting() returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  as 'select distinct organization_id from platform.change';

-- Orders whose limits fall due are found per organization by the same worker.
do $$
begin
  execute format('create policy waiting on cases.work_order for select to %I using (true)', current_user);
end $$;
create function cases.organizations_due(now timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  as 'select distinct organization_id from cases.work_order where next_due_at <= now';
