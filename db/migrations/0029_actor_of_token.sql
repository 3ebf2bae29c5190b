-- Every request asks who it comes from. As a statement of a transaction that is four messages to the database and back,
-- as a function it is one. Both run with the rights of the caller, behind the walls: the session says in which
-- organization, and what follows sees that one alone.

-- The actor of a user with the units that each of the grants reaches; no row for a disabled user.
create function access.actor_of_user(organization uuid, person uuid, at timestamptz)
  returns table (user_id uuid, login text, name text, organization_id uuid, language text, person_id uuid,
    root_unit_id uuid, grants jsonb)
  language sql stable
as $$
  with recursive reach as (
    select g.role, g.unit_id, g.unit_id as below from access.grant g
    where g.organization_id = $1 and g.user_id = $2 and (g.until is null or g.until > $3)
    union
    select r.role, r.unit_id, u.id from reach r
    join directory.unit u on u.organization_id = $1 and u.parent_id = r.below
  ), held as (
    select role, unit_id, jsonb_agg(below order by below) as unit_ids from reach group by role, unit_id
  )
  select u.id, u.login, u.name, u.organization_id, u.language, u.person_id, o.root_unit_id, coalesce((
    select jsonb_agg(jsonb_build_object('role', role, 'unitId', unit_id, 'unitIds', unit_ids) order by role, unit_id)
    from held), '[]')
  from access.user u join directory.organization o on o.id = u.organization_id
  where u.organization_id = $1 and u.id = $2 and u.disabled_at is null
$$;

-- The session behind a token with its actor, of whom nothing stands where the user is disabled.
create function access.actor_of_token(token bytea, at timestamptz)
  returns table (kind text, seen_at timestamptz, user_id uuid, login text, name text, organization_id uuid,
    language text, person_id uuid, root_unit_id uuid, grants jsonb)
  language plpgsql
as $$
declare
  session access.session;
begin
  select s.* into session from access.session s where s.token_hash = $1 and s.expires_at > $2;
  if not found then
    return;
  end if;
  perform set_config('app.org', session.organization_id::text, true);
  return query
    select session.kind, session.seen_at, a.* from (select) one
    left join access.actor_of_user(session.organization_id, session.user_id, $2) a on true;
end
$$;
