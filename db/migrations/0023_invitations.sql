-- Invitations to surveys -------------------------------------------------------------------------------------

create table surveys.invitation (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  work_order_id uuid,
  work_order_external_id text,
  -- an order that was opened again is asked about once more: the second round
  round int not null default 1,
  unit_id uuid not null,
  agent_id uuid,
  customer_id uuid,
  product_id uuid,
  channel text,
  category text,
  subcategory text,
  priority text,
  sent_at timestamptz not null,
  submitted_given_at timestamptz,
  -- derived: the first answer, as given or of the responses that name the invitation or its order
  submitted_at timestamptz,
  -- derived: sent again in a round that was asked before
  reminder boolean not null default false,
  excluded_reason text,
  demo boolean not null default false,
  batch_id uuid,
  line int,
  created_batch_id uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  -- the last edit by hand: an undo of the import keeps what people changed since
  edited_at timestamptz,
  row_hash text,
  primary key (organization_id, id),
  constraint invitation_external_unique unique (organization_id, source_id, external_id),
  constraint invitation_round_check check (round between 1 and 99)
);
-- serves: the response rate and lists of a period
create index invitation_sent on surveys.invitation (organization_id, sent_at);
-- serves: the invitations of an order
create index invitation_order on surveys.invitation (organization_id, work_order_id) where work_order_id is not null;
-- serves: invitations that wait for an order of their number
create index invitation_order_number on surveys.invitation (organization_id, work_order_external_id)
  where work_order_external_id is not null;
-- serves: the invitation a response names, whichever source it is of
create index invitation_number on surveys.invitation (organization_id, external_id);
-- serves: undo and the records of a batch
create index invitation_batch on surveys.invitation (organization_id, batch_id) where batch_id is not null;
alter table surveys.invitation enable row level security;
alter table surveys.invitation force row level security;
create policy tenant on surveys.invitation using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and ((select o.root_unit_id = any(nullif(current_setting('app.units', true), '')::uuid[]) from directory.organization o
      where o.id = nullif(current_setting('app.org', true), '')::uuid)
    or unit_id in (select unnest(nullif(current_setting('app.units', true), '')::uuid[]))));

alter table surveys.response
  -- the number of the invitation it answers
  add column invitation text;
-- serves: the responses that name an invitation
create index response_invitation on surveys.response (organization_id, invitation) where invitation is not null;
-- serves: the responses that name an order by its number
create index response_order_number on surveys.response (organization_id, work_order_external_id)
  where work_order_external_id is not null;

alter table cases.work_order
  -- derived: when the customer was first asked about the order, in the first round
  add column survey_sent_at timestamptz;

-- A confirmed order falls due for its survey after 24 hours. An owner that is no superuser sees no row of a table under
-- FORCE: for this fill it is lifted, within the transaction.
alter table cases.work_order no force row level security;
update cases.work_order set next_due_at = least(next_due_at, confirmed_at + interval '24 hours')
where confirmed_at + interval '24 hours' > clock_at;
alter table cases.work_order force row level security;

-- One kind more than there were, whichever those are.
do $$
declare
  one record;
begin
  for one in
    select k.*, pg_get_expr(c.conbin, c.conrelid) as known
    from (values
      ('platform.change', 'change_kind_check', 'fact_kind', 'invitation'),
      ('records.view', 'view_list_check', 'list', 'invitations'),
      ('records.export', 'export_list_check', 'list', 'invitations')) as k (name, rule, field, word)
    join pg_constraint c on c.conrelid = k.name::regclass and c.conname = k.rule
  loop
    execute format('alter table %s drop constraint %I, add constraint %I check (%s or %I = %L)',
      one.name, one.rule, one.rule, one.known, one.field, one.word);
  end loop;
end $$;
