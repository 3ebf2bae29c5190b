-- How the bytes of the cells are laid out (`cellFormat` in the code): older ones are built anew before anything reads them.
alter table measurement.state add column cell_format int not null default 1;
