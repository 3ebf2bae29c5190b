-- The spine: organization and access, standards, facts, intake, measurement.
-- Conventions: every tenant key starts with organization_id; ids are made by the application (uuid v7);
-- no triggers; row-level security with FORCE on every tenant table (0002), the application connects as a
-- role that owns nothing.

-- (schema platform is made by the migrator, which notes what it did there)
create schema directory;
create schema access;
create schema standards;
create schema cases;
create schema surveys;
create schema intake;
create schema measurement;

-- platform ---------------------------------------------------------------------------------------------

-- One row per changed fact, written in the changing transaction and drained by the measuring worker.
create table platform.change (
  organization_id uuid not null,
  id uuid not null,
  fact_kind text not null,
  fact_id uuid not null,
  before jsonb,
  after jsonb,
  at timestamptz not null,
  primary key (organization_id, id),
  constraint change_kind_check check (fact_kind in ('work_order', 'response', 'feedback'))
);

create table platform.audit_event (
  organization_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  object_kind text not null,
  object_id text,
  result text not null,
  request_id text,
  detail jsonb not null default '{}',
  primary key (organization_id, id),
  constraint audit_event_result_check check (result in ('ok', 'denied', 'invalid', 'failed'))
);
-- serves: the audit page, newest first
create index audit_event_at on platform.audit_event (organization_id, at desc);

-- Answers already given to POSTs that carried an Idempotency-Key; kept seven days.
create table platform.idempotency_key (
  organization_id uuid not null,
  user_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status int,
  body jsonb,
  created_at timestamptz not null,
  primary key (organization_id, user_id, key)
);

-- directory --------------------------------------------------------------------------------------------

create table directory.organization (
  id uuid primary key,
  name text not null,
  zone text not null default 'Asia/Shanghai',
  language text not null default 'zh',
  monitoring_period text not null default 'month',
  root_unit_id uuid not null,
  created_at timestamptz not null,
  constraint organization_language_check check (language in ('zh', 'en')),
  constraint organization_monitoring_period_check check (monitoring_period in ('day', 'week', 'month', 'quarter', 'year'))
);

create table directory.unit (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  parent_id uuid,
  kind text not null,
  name text not null,
  demo boolean not null default false,
  created_at timestamptz not null,
  ended_on date,
  primary key (organization_id, id),
  constraint unit_parent_fk foreign key (organization_id, parent_id) references directory.unit (organization_id, id),
  constraint unit_name_unique unique (organization_id, name),
  constraint unit_kind_check check (kind in ('organization', 'department', 'team', 'outlet', 'supplier'))
);

create table directory.person (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  unit_id uuid not null,
  employee_no text,
  name text not null,
  name_pinyin text not null default '',
  demo boolean not null default false,
  origin text not null default 'entered',
  batch_id uuid,
  created_at timestamptz not null,
  ended_on date,
  primary key (organization_id, id),
  constraint person_unit_fk foreign key (organization_id, unit_id) references directory.unit (organization_id, id),
  constraint person_employee_no_unique unique (organization_id, employee_no),
  constraint person_origin_check check (origin in ('entered', 'import'))
);
-- serves: matching a name in an imported file
create index person_name on directory.person (organization_id, name);

create table directory.posting (
  organization_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  duty text not null default 'specialist',
  from_on date not null,
  to_on date,
  primary key (organization_id, id),
  constraint posting_person_fk foreign key (organization_id, person_id) references directory.person (organization_id, id) on delete cascade,
  constraint posting_unit_fk foreign key (organization_id, unit_id) references directory.unit (organization_id, id),
  constraint posting_span_check check (to_on is null or to_on > from_on)
);
-- serves: who was where on a day
create index posting_person on directory.posting (organization_id, person_id, from_on);

create table directory.product_category (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  code text not null,
  name text not null,
  primary key (organization_id, code)
);

create table directory.product (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  code text not null,
  name text not null,
  category_code text,
  demo boolean not null default false,
  origin text not null default 'entered',
  batch_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint product_code_unique unique (organization_id, code),
  constraint product_category_fk foreign key (organization_id, category_code) references directory.product_category (organization_id, code),
  constraint product_origin_check check (origin in ('entered', 'import'))
);
-- serves: matching a product name in an imported file
create index product_name on directory.product (organization_id, name);

-- A customer is a code everywhere; who it is stands in customer_identity alone, encrypted.
create table directory.customer (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  code text not null,
  demo boolean not null default false,
  batch_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint customer_code_unique unique (organization_id, code)
);

create table directory.customer_identity (
  organization_id uuid not null,
  customer_id uuid not null,
  name_hash bytea not null,
  name_cipher bytea not null,
  contact_cipher bytea,
  primary key (organization_id, customer_id),
  constraint customer_identity_customer_fk foreign key (organization_id, customer_id) references directory.customer (organization_id, id) on delete cascade,
  -- serves: matching a customer by a keyed hash, never by the name itself
  constraint customer_identity_hash_unique unique (organization_id, name_hash)
);

-- Whose numbers these are: a system, a kind of file, or people's own hands.
create table directory.source (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  -- of numbers we give ourselves (SR001); a counter, so that no team learns another's numbers
  last_number int not null default 0,
  primary key (organization_id, id),
  constraint source_name_unique unique (organization_id, name)
);

-- access -----------------------------------------------------------------------------------------------

create table access.user (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  login text not null,
  name text not null,
  person_id uuid,
  password_hash text not null,
  language text not null default 'zh',
  disabled_at timestamptz,
  demo boolean not null default false,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint user_person_fk foreign key (organization_id, person_id) references directory.person (organization_id, id),
  constraint user_language_check check (language in ('zh', 'en'))
);

-- What a person may do, and where: a role at a unit reaches that unit and all below it.
create table access.grant (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role text not null,
  unit_id uuid not null,
  until timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint grant_user_fk foreign key (organization_id, user_id) references access.user (organization_id, id) on delete cascade,
  constraint grant_unit_fk foreign key (organization_id, unit_id) references directory.unit (organization_id, id),
  constraint grant_unique unique (organization_id, user_id, role, unit_id),
  constraint grant_role_check check (role in ('administrator', 'quality_supervisor', 'inspector', 'team_lead', 'specialist', 'department_owner', 'auditor'))
);

-- Read before the organization is known (sign-in, each request), so without row-level security:
-- they hold a login or a hashed token and the way to the organization, nothing of its records.
create table access.login (
  login text primary key,
  organization_id uuid not null,
  user_id uuid not null,
  constraint login_user_fk foreign key (organization_id, user_id) references access.user (organization_id, id) on delete cascade
);

create table access.session (
  token_hash bytea primary key,
  organization_id uuid not null,
  user_id uuid not null,
  kind text not null default 'browser',
  name text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  constraint session_user_fk foreign key (organization_id, user_id) references access.user (organization_id, id) on delete cascade,
  constraint session_kind_check check (kind in ('browser', 'key'))
);
-- serves: list and revoke a user's sessions
create index session_of_user on access.session (organization_id, user_id);

create table access.sign_in_attempt (
  subject text not null,
  at timestamptz not null,
  id uuid primary key
);
-- serves: back-off per account and per address
create index sign_in_attempt_subject on access.sign_in_attempt (subject, at);

-- standards --------------------------------------------------------------------------------------------

-- A standard version is immutable once published: a change is the next version with its own effective date.
create table standards.standard (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  version int not null,
  effective_on date not null,
  pack text not null,
  author_id uuid,
  reason text not null,
  published_at timestamptz not null,
  primary key (organization_id, version)
);
-- serves: the standard in force on a day
create index standard_effective on standards.standard (organization_id, effective_on, version);

create table standards.indicator (
  organization_id uuid not null,
  version int not null,
  position int not null,
  code text not null,
  measure text not null,
  name_zh text not null,
  name_en text not null,
  dimension text not null,
  source text not null,
  period text not null,
  weight numeric(7, 4) not null,
  target_operator text not null,
  target_value numeric not null,
  rule jsonb not null,
  minimum_n int not null default 10,
  primary key (organization_id, version, code),
  constraint indicator_standard_fk foreign key (organization_id, version) references standards.standard (organization_id, version) on delete cascade,
  constraint indicator_weight_check check (weight >= 0 and weight <= 100),
  constraint indicator_operator_check check (target_operator in ('<=', '>='))
);

-- Limits judge single records; rows are keyed by clock and scope, the most specific scope wins.
create table standards.time_limit (
  organization_id uuid not null,
  version int not null,
  clock text not null,
  priority text not null default '',
  complexity text not null default '',
  channel text not null default '',
  minutes int not null,
  primary key (organization_id, version, clock, priority, complexity, channel),
  constraint time_limit_standard_fk foreign key (organization_id, version) references standards.standard (organization_id, version) on delete cascade,
  constraint time_limit_clock_check check (clock in ('response', 'start', 'plan', 'resolution')),
  constraint time_limit_minutes_check check (minutes > 0)
);

-- intake -----------------------------------------------------------------------------------------------

-- Remembered column mapping of a source and kind of file.
create table intake.mapping (
  organization_id uuid not null,
  source_id uuid not null,
  kind text not null,
  mapping jsonb not null,
  changed_at timestamptz not null,
  -- the last edit by hand: an undo of the import keeps what people changed since
  edited_at timestamptz,
  primary key (organization_id, source_id, kind),
  constraint mapping_source_fk foreign key (organization_id, source_id) references directory.source (organization_id, id) on delete cascade
);

create table intake.batch (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  unit_id uuid not null,
  source_id uuid not null,
  kind text not null,
  file_name text not null,
  file_hash bytea not null,
  file_bytes bigint not null,
  header jsonb not null default '[]',
  mapping jsonb not null default '{}',
  notes jsonb not null default '[]',
  warnings jsonb not null default '[]',
  state text not null,
  row_count int not null default 0,
  accepted int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  rejected int not null default 0,
  failure jsonb,
  undone_kept jsonb,
  user_id uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  primary key (organization_id, id),
  constraint batch_source_fk foreign key (organization_id, source_id) references directory.source (organization_id, id),
  constraint batch_state_check check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'undone')),
  constraint batch_sum_check check (state <> 'done' or row_count = accepted + updated + unchanged + rejected)
);
-- serves: import history, newest first
create index batch_created on intake.batch (organization_id, created_at desc);

-- The rows of the file as they came: deflated, encrypted JSON lines [[line, cells…], …], append-only.
create table intake.raw_chunk (
  organization_id uuid not null,
  batch_id uuid not null,
  first_line int not null,
  last_line int not null,
  unit_id uuid not null,
  body bytea not null,
  primary key (organization_id, batch_id, first_line),
  constraint raw_chunk_batch_fk foreign key (organization_id, batch_id) references intake.batch (organization_id, id) on delete cascade
);
alter table intake.raw_chunk alter column body set storage external;

create table intake.rejection (
  organization_id uuid not null,
  batch_id uuid not null,
  line int not null,
  position int not null,
  unit_id uuid not null,
  column_name text,
  code text not null,
  value text,
  message_zh text not null,
  message_en text not null,
  primary key (organization_id, batch_id, line, position),
  constraint rejection_batch_fk foreign key (organization_id, batch_id) references intake.batch (organization_id, id) on delete cascade
);

-- What a batch replaced, so that it can be undone.
create table intake.superseded (
  organization_id uuid not null,
  batch_id uuid not null,
  fact_kind text not null,
  fact_id uuid not null,
  version int not null,
  before jsonb not null,
  primary key (organization_id, batch_id, fact_kind, fact_id),
  constraint superseded_batch_fk foreign key (organization_id, batch_id) references intake.batch (organization_id, id) on delete cascade
);

-- cases ------------------------------------------------------------------------------------------------

create table cases.work_order (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  unit_id uuid not null,
  agent_id uuid,
  customer_id uuid,
  product_id uuid,
  supplier_id uuid,
  serial text,
  order_no text,
  problem text,
  demand text,
  category text,
  subcategory text,
  priority text,
  complexity text,
  fault_level text,
  channel text,
  plan text,
  result text,
  confirmation text,
  status text,
  resolution_mode text,
  cost numeric,
  received_at timestamptz,
  responded_at timestamptz,
  started_at timestamptz,
  fault_identified_at timestamptz,
  plan_confirmed_at timestamptz,
  arrived_at timestamptz,
  resolved_at timestamptz,
  reopened_at timestamptz,
  confirmed_at timestamptz,
  closed_at timestamptz,
  -- the earliest time known of the order: its place in lists, and its day where it was never received
  occurred_at timestamptz not null,
  response_due_at timestamptz,
  start_due_at timestamptz,
  plan_due_at timestamptz,
  resolution_due_at timestamptz,
  -- limits given by the source system stand above the standard's
  response_due_given_at timestamptz,
  resolution_due_given_at timestamptz,
  response_in_time boolean,
  resolution_in_time boolean,
  reopen_count int,
  contact_count int,
  -- derived: when the same customer came back with the same product and category within 7 days of the resolution
  repeated_at timestamptz,
  required_fields smallint not null,
  filled_fields smallint not null,
  excluded_reason text,
  -- the clocks of this order have been judged up to here; next_due_at is the next limit after it
  clock_at timestamptz not null,
  next_due_at timestamptz,
  from_events boolean not null default false,
  demo boolean not null default false,
  batch_id uuid,
  line int,
  created_batch_id uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  -- the last edit by hand: an undo of the import keeps what people changed since
  edited_at timestamptz,
  primary key (organization_id, id),
  constraint work_order_external_unique unique (organization_id, source_id, external_id),
  constraint work_order_priority_check check (priority in ('urgent', 'important', 'normal')),
  constraint work_order_complexity_check check (complexity in ('ordinary', 'complex')),
  constraint work_order_reopen_count_check check (reopen_count >= 0),
  constraint work_order_contact_count_check check (contact_count >= 0)
);
-- serves: records of a period and unit, newest first; measures anchored on the receipt
create index work_order_occurred on cases.work_order (organization_id, occurred_at);
-- serves: measures anchored on the resolution
create index work_order_resolved on cases.work_order (organization_id, resolved_at) where resolved_at is not null;
-- serves: the same customer coming back
create index work_order_customer on cases.work_order (organization_id, customer_id, received_at) where customer_id is not null;
-- serves: the clock sweep, which reads only orders with a limit still to come
create index work_order_next_due on cases.work_order (organization_id, next_due_at) where next_due_at is not null;
-- serves: undo and the records of a batch
create index work_order_batch on cases.work_order (organization_id, batch_id) where batch_id is not null;

create table cases.event (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  source_id uuid not null,
  case_id text not null,
  at timestamptz not null,
  activity text not null,
  actor text not null default '',
  meaning text,
  unit_id uuid not null,
  batch_id uuid not null,
  line int not null,
  primary key (organization_id, source_id, case_id, at, activity, actor)
);
-- serves: undo of a batch
create index event_batch on cases.event (organization_id, batch_id);

-- surveys ----------------------------------------------------------------------------------------------

create table surveys.response (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  -- 'survey': an answer of its own; 'work_order': the score column of an imported work order
  origin text not null default 'survey',
  work_order_id uuid,
  work_order_external_id text,
  unit_id uuid not null,
  agent_id uuid,
  customer_id uuid,
  product_id uuid,
  channel text,
  category text,
  subcategory text,
  priority text,
  submitted_at timestamptz not null,
  response_speed numeric(3, 1),
  resolution_efficiency numeric(3, 1),
  attitude numeric(3, 1),
  professionalism numeric(3, 1),
  overall numeric(3, 1),
  recommend smallint,
  suggestion text,
  excluded_reason text,
  demo boolean not null default false,
  batch_id uuid,
  line int,
  created_batch_id uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  -- the last edit by hand: an undo of the import keeps what people changed since
  edited_at timestamptz,
  primary key (organization_id, id),
  constraint response_external_unique unique (organization_id, source_id, origin, external_id),
  constraint response_overall_check check (overall between 1 and 5),
  constraint response_items_check check (response_speed between 1 and 5 and resolution_efficiency between 1 and 5
    and attitude between 1 and 5 and professionalism between 1 and 5),
  constraint response_recommend_check check (recommend between 0 and 10)
);
-- serves: rating measures and lists of a period
create index response_submitted on surveys.response (organization_id, submitted_at);
-- serves: undo and the records of a batch
create index response_batch on surveys.response (organization_id, batch_id) where batch_id is not null;
-- serves: the answers of one work order
create index response_work_order on surveys.response (organization_id, work_order_id) where work_order_id is not null;

create table surveys.feedback (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  response_id uuid,
  unit_id uuid not null,
  agent_id uuid,
  customer_id uuid,
  product_id uuid,
  channel text,
  category text,
  subcategory text,
  priority text,
  problem text,
  status text,
  score numeric(3, 1),
  suggestion text,
  received_at timestamptz not null,
  -- the number FX202405001 knows the month only: the day is then the first of that month
  received_month_only boolean not null default false,
  excluded_reason text,
  demo boolean not null default false,
  batch_id uuid,
  line int,
  created_batch_id uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  -- the last edit by hand: an undo of the import keeps what people changed since
  edited_at timestamptz,
  primary key (organization_id, id),
  constraint feedback_external_unique unique (organization_id, source_id, external_id),
  constraint feedback_score_check check (score between 1 and 5),
  constraint feedback_status_check check (status in ('open', 'in_progress', 'followed_up', 'closed'))
);
-- serves: rating measures and lists of a period
create index feedback_received on surveys.feedback (organization_id, received_at);
-- serves: undo and the records of a batch
create index feedback_batch on surveys.feedback (organization_id, batch_id) where batch_id is not null;

-- measurement ------------------------------------------------------------------------------------------

-- The tallies of one slice member in one month: the month's total, and each day packed beside it
-- (out of line, so a month's figure never reads its days). Codec: server/measurement/cell.ts.
create table measurement.cell (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  slice text not null,
  month_on date not null,
  member text not null,
  unit_id uuid not null,
  total bytea not null,
  days bytea not null,
  primary key (organization_id, slice, month_on, member),
  constraint cell_slice_check check (slice in ('whole', 'unit', 'agent', 'product', 'category', 'channel'))
);
alter table measurement.cell alter column total set storage plain;
alter table measurement.cell alter column days set storage external;

-- One row per organization: the version of its cells (for caches) and the last rebuild.
create table measurement.state (
  organization_id uuid primary key references directory.organization (id) on delete cascade,
  version bigint not null default 0,
  measured_at timestamptz not null,
  rebuilt_at timestamptz
);
