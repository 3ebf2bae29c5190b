-- A table that was counted while it was empty, or while all its rows were of an import not yet committed, is taken to
-- hold nothing, however large it has grown: the planner then reads all rows of an organization to find one of them.
-- Who has just written rows has such a table counted anew. The lock is held until the transaction ends, so nobody
-- counts it without these rows meanwhile; a table that somebody else is counting is left to them.
create function platform.count_anew(written regclass) returns void
  language plpgsql security definer set search_path = pg_catalog
  as $$
  begin
    if exists (select from pg_class where oid = written and reltuples = 0 and pg_relation_size(oid) > 0) then
      execute format('analyze (skip_locked) %s', written);
    end if;
  end $$;
