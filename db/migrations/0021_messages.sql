-- Messages of chats: who wrote to whom and when. What was written is not kept: no measure reads it, and it holds what
-- customers tell of themselves. ----------------------------------------------------------------------------------

create table cases.message (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  -- the number of the chat it stands in, unique within its source
  conversation text not null,
  sender text not null,
  unit_id uuid not null,
  agent_id uuid,
  product_id uuid,
  -- the order it is about; a number that names no one order is kept as it was written
  work_order_id uuid,
  work_order_external_id text,
  channel text not null,
  category text,
  subcategory text,
  priority text,
  sent_at timestamptz not null,
  -- derived: of an agent's message that answers, when the first customer's message came that nobody had answered
  awaited_at timestamptz,
  -- the first instant on whose day it may count
  counted_at timestamptz not null generated always as (coalesce(awaited_at, sent_at)) stored,
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
  constraint message_external_unique unique (organization_id, source_id, external_id),
  constraint message_sender_check check (sender in ('customer', 'agent', 'automatic')),
  constraint message_awaited_check check (awaited_at <= sent_at)
);
-- serves: lists of a period
create index message_sent on cases.message (organization_id, sent_at);
-- serves: response means of a period
create index message_counted on cases.message (organization_id, counted_at);
-- serves: the waits of a conversation, found anew when one of its messages changes
create index message_conversation on cases.message (organization_id, source_id, conversation);
-- serves: undo and the records of a batch
create index message_batch on cases.message (organization_id, batch_id) where batch_id is not null;
alter table cases.message enable row level security;
alter table cases.message force row level security;
create policy tenant on cases.message using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
  and ((select o.root_unit_id = any(nullif(current_setting('app.units', true), '')::uuid[]) from directory.organization o
      where o.id = nullif(current_setting('app.org', true), '')::uuid)
    or unit_id in (select unnest(nullif(current_setting('app.units', true), '')::uuid[]))));

-- One more word in each of the lists of kinds, whatever else stands there by now.
do $$
declare
  list record;
begin
  for list in
    select c.oid, c.conrelid::regclass as held, c.conname, word from (values
      ('platform.change', 'change_kind_check', 'message'),
      ('records.view', 'view_list_check', 'messages'),
      ('records.export', 'export_list_check', 'messages')) as lists (held, name, word)
    join pg_constraint c on c.conrelid = lists.held::regclass and c.conname = lists.name
  loop
    execute format('alter table %s drop constraint %I, add constraint %I %s', list.held, list.conname, list.conname,
      replace(pg_get_constraintdef(list.oid), 'ARRAY[', format('ARRAY[%L::text, ', list.word)));
  end loop;
end $$;
