-- What an order repeats -----------------------------------------------------------------------------------

alter table cases.work_order
  -- derived: the last repair of the same product and fault within 30 days before
  add column fault_before_at timestamptz,
  -- derived: the last complaint of the same customer, product and subject within 30 days before
  add column complaint_before_at timestamptz;
-- serves: the other orders of a product, for repeated faults
create index work_order_serial on cases.work_order (organization_id, serial) where serial is not null;

-- An owner that is no superuser sees no row of a table under FORCE: for this fill it is lifted, within the transaction.
alter table cases.work_order no force row level security;
update cases.work_order w set complaint_before_at = before.at
from cases.work_order o
cross join lateral (
  select max(b.received_at) as at from cases.work_order b
  where b.organization_id = o.organization_id and b.customer_id = o.customer_id and b.category = 'complaint'
    and b.product_id is not distinct from o.product_id and b.subcategory is not distinct from o.subcategory
    and b.received_at < o.received_at and b.received_at >= o.received_at - interval '30 days'
    and b.excluded_reason is null
) before
where w.organization_id = o.organization_id and w.id = o.id and o.category = 'complaint' and before.at is not null;
update cases.work_order w set fault_before_at = before.at
from cases.work_order o
cross join lateral (
  select max(b.received_at) as at from cases.work_order b
  where b.organization_id = o.organization_id and b.serial = o.serial and b.category = 'repair'
    and b.product_id is not distinct from o.product_id and b.subcategory is not distinct from o.subcategory
    and b.received_at < o.received_at and greatest(b.received_at, b.resolved_at) >= o.received_at - interval '30 days'
    and b.excluded_reason is null
) before
where w.organization_id = o.organization_id and w.id = o.id and o.category = 'repair' and before.at is not null;
alter table cases.work_order force row level security;
