-- Who gave the first response, where that is not who the order is with now: the response stays theirs when an order is
-- handed on. Without a unit here the response is the order's own agent's and unit's; with one and no person it is not
-- known whose it was.
alter table cases.work_order
  add column responder_id uuid,
  add column responder_unit_id uuid,
  add constraint work_order_responder_check check (responder_id is null or responder_unit_id is not null);

-- A team sees, and cannot write, the orders behind its figures of responses that are with another team now.
create policy responding on cases.work_order for select
  using (organization_id = (select nullif(current_setting('app.org', true), ''))::uuid
    and responder_unit_id = any((select nullif(current_setting('app.units', true), '')::uuid[])::uuid[]));
