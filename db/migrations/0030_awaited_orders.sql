-- serves: records that came before the order they name, when it comes
create index contact_order_number on cases.contact (organization_id, work_order_external_id)
  where work_order_external_id is not null;
create index message_order_number on cases.message (organization_id, work_order_external_id)
  where work_order_external_id is not null;
create index inspection_order_number on inspections.inspection (organization_id, work_order_external_id)
  where work_order_external_id is not null;
