-- An indicator may stand for some of the records alone: {"channel": "phone", "priority": "urgent"}; {} is all of them.
alter table standards.indicator add column scope jsonb not null default '{}';
