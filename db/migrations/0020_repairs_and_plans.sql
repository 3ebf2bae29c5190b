-- A product's life stages, what became of diagnoses, plans, repairs and follow-ups, and the nodes of a process inspected ------

alter table directory.product
  -- the first day of each stage; one that is not known is passed over
  add column launch_on date,
  add column growth_on date,
  add column maturity_on date,
  add constraint product_stages_check check (
    (launch_on is null or growth_on is null or launch_on < growth_on)
    and (growth_on is null or maturity_on is null or growth_on < maturity_on)
    and (launch_on is null or maturity_on is null or launch_on < maturity_on));
-- serves: the products whose stages are known, for the stage of a record
create index product_staged on directory.product (organization_id)
  where launch_on is not null or growth_on is not null or maturity_on is not null;

alter table cases.work_order
  -- what the fault was thought to be at first, and what it was
  add column first_diagnosis text,
  add column final_cause text,
  -- derived: whether the two say the same; null unless both are known
  add column diagnosis_right boolean,
  -- whether the repair damaged something or had to be done again; null is not known
  add column redone boolean,
  -- whether the plan that was confirmed was replaced by another
  add column plan_replaced boolean,
  add column parts_requested int,
  -- of those, how many were there at once
  add column parts_filled int,
  -- the article of the knowledge base that was used: its number or title
  add column article text,
  add column article_given boolean,
  -- derived: whether one was used; null where nothing says
  add column article_used boolean,
  -- when the customer was called back after the solution, and until when that was due: as the source says, or by the limit
  add column followed_up_at timestamptz,
  add column follow_up_due_given_at timestamptz,
  -- derived
  add column follow_up_due_at timestamptz,
  add constraint work_order_parts_check check (parts_requested >= 0 and parts_filled between 0 and parts_requested);

alter table inspections.inspection
  add column nodes_right int,
  add column nodes_inspected int,
  add constraint inspection_nodes_check check (nodes_right between 0 and nodes_inspected);

alter table standards.time_limit drop constraint time_limit_clock_check;
alter table standards.time_limit add constraint time_limit_clock_check
  check (clock in ('response', 'start', 'plan', 'onsite', 'resolution', 'follow_up'));
