-- The second wall of the tables of records, with the units looked up instead of gone through: each reading of a long list
-- compares the unit of every row, and an organization has dozens of them. What is seen is the same.
do $$
declare
  name text;
begin
  foreach name in array array['cases.work_order', 'cases.contact', 'surveys.response', 'surveys.feedback', 'inspections.inspection'] loop
    execute format('alter policy tenant on %s using (organization_id = (select nullif(current_setting(''app.org'', true), ''''))::uuid
      and unit_id in (select unnest(nullif(current_setting(''app.units'', true), '''')::uuid[])))', name);
  end loop;
end $$;
