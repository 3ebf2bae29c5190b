-- What a customer who was let down, or proposed something, was told, and until when that was due -------------------------------

alter table standards.time_limit drop constraint time_limit_clock_check;
alter table standards.time_limit add constraint time_limit_clock_check
  check (clock in ('response', 'start', 'plan', 'onsite', 'resolution', 'follow_up', 'reply'));

alter table surveys.response
  add column replied_at timestamptz,
  -- derived: what asks for a reply, where the standard sets a limit for one; its limit; and whether it was kept cannot be known
  add column reply_for text check (reply_for in ('score', 'suggestion', 'both')),
  add column reply_due_at timestamptz,
  add column reply_unknown boolean,
  -- the limit has been judged up to here; next_due_at is the limit still to come
  add column clock_at timestamptz,
  add column next_due_at timestamptz;
alter table surveys.feedback
  add column replied_at timestamptz,
  add column reply_for text check (reply_for in ('score', 'suggestion', 'both')),
  add column reply_due_at timestamptz,
  add column reply_unknown boolean,
  add column clock_at timestamptz,
  add column next_due_at timestamptz;
-- serves: what falls due; and figures of a period, where a reply or its limit lies in another than the answer
create index response_next_due on surveys.response (organization_id, next_due_at) where next_due_at is not null;
create index response_reply_due on surveys.response (organization_id, reply_due_at) where reply_due_at is not null;
create index feedback_next_due on surveys.feedback (organization_id, next_due_at) where next_due_at is not null;
create index feedback_reply_due on surveys.feedback (organization_id, reply_due_at) where reply_due_at is not null;

-- Each kind of record whose limits follow from standards and hours is gone through for itself.
alter table cases.clock_review add column facts text not null default 'work_order'
  check (facts in ('work_order', 'response', 'feedback'));
alter table cases.clock_review alter column facts drop default;
alter table cases.clock_review drop constraint clock_review_pkey;
alter table cases.clock_review add primary key (organization_id, facts);
create or replace function cases.organizations_to_review() returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  as 'select distinct s.organization_id
      from (select organization_id, count(*) as n from standards.standard group by 1) s
      cross join (values (''work_order''), (''response''), (''feedback'')) k (facts)
      left join (select organization_id, count(*) as n from standards.calendar group by 1) c using (organization_id)
      join directory.organization o on o.id = s.organization_id
      left join cases.clock_review r on r.organization_id = s.organization_id and r.facts = k.facts
      where r.organization_id is null or r.after_id is not null or r.standards <> s.n or r.calendars <> coalesce(c.n, 0)
        or r.unit_moves <> o.unit_moves';

do $$
begin
  execute format('create policy waiting on surveys.response for select to %I using (true)', current_user);
  execute format('create policy waiting on surveys.feedback for select to %I using (true)', current_user);
end $$;
create function surveys.organizations_due(now timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  as 'select organization_id from surveys.response where next_due_at <= now
      union select organization_id from surveys.feedback where next_due_at <= now';
