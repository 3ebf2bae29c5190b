-- Every request asks who it comes from, and the units in reach hardly ever change: finding them costs many times what
-- seeing does that the rights and the tree are those of before. `reach` is another text once a right of the user or the
-- place of a unit is another one; where it is the one the caller knows, the grants are left out. Stable: all of it is
-- read as of one moment, so that the grants are those of that reach.
drop function access.actor_of_token(bytea, timestamptz);
create function access.actor_of_token(token bytea, at timestamptz, known text)
  returns table (kind text, seen_at timestamptz, user_id uuid, login text, name text, organization_id uuid,
    language text, person_id uuid, root_unit_id uuid, reach text, grants jsonb)
  language plpgsql stable rows 1
as $$
declare
  session access.session;
begin
  select s.* into session from access.session s where s.token_hash = $1 and s.expires_at > $2;
  if not found then
    return;
  end if;
  perform set_config('app.org', session.organization_id::text, true);
  kind := session.kind;
  seen_at := session.seen_at;
  select u.id, u.login, u.name, u.organization_id, u.language, u.person_id, o.root_unit_id,
    concat_ws(' ', u.id, o.root_unit_id, (
      select sum(hash_record_extended(row(g.role, g.unit_id), 0)) from access.grant g
      where g.organization_id = u.organization_id and g.user_id = u.id and (g.until is null or g.until > $2)
    ), '/', (
      select sum(hash_record_extended(row(n.id, n.parent_id), 0)) from directory.unit n
      where n.organization_id = u.organization_id))
  into user_id, login, name, organization_id, language, person_id, root_unit_id, reach
  from access.user u join directory.organization o on o.id = u.organization_id
  where u.organization_id = session.organization_id and u.id = session.user_id and u.disabled_at is null;
  if reach is distinct from known then
    select a.grants into grants from access.actor_of_user(session.organization_id, session.user_id, $2) a;
  end if;
  return next;
end
$$;
