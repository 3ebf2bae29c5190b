-- The second wall of the tables of records, with the units looked up instead of gone through: each reading of a long list
-- compares the unit of every row, and an organization has dozens of them. What is seen is the same.
do $$
declare
  wall record;
begin
  for wall in
    select * from (values
      ('tenant', 'cases.work_order', 'unit_id'), ('responding', 'cases.work_order', 'responder_unit_id'),
      ('tenant', 'cases.contact', 'unit_id'), ('tenant', 'surveys.response', 'unit_id'),
      ('tenant', 'surveys.feedback', 'unit_id'), ('tenant', 'inspections.inspection', 'unit_id'),
      ('tenant', 'staff.training', 'unit_id'), ('tenant', 'purchases.purchase', 'unit_id')) as walls (policy, name, unit)
  loop
    execute format('alter policy %s on %s using (organization_id = (select nullif(current_setting(''app.org'', true), ''''))::uuid
      and %s in (select unnest(nullif(current_setting(''app.units'', true), '''')::uuid[])))', wall.policy, wall.name, wall.unit);
  end loop;
end $$;
