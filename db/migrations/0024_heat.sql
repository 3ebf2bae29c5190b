-- The cells of a product hold, beside its months and days, the months of each of its categories: `days` then is a matrix
-- (server/measurement/matrix.ts) and `total` empty. Cells of before are built anew (`cellFormat` in the code).
alter table measurement.cell drop constraint cell_slice_check;
alter table measurement.cell add constraint cell_slice_check
  check (slice in ('whole', 'unit', 'agent', 'product', 'category', 'channel', 'product_category'));
