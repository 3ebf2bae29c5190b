-- A month with many histograms, each of durations from seconds to a year, is wider than a page: it was refused, and measuring
-- stood still. The totals stay in the row as long as they fit, and lie beside it where they do not.
alter table measurement.cell alter column total set storage main;
