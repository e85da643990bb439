-- What the records of a dataset are looked through by. One text for SQLite and PostgreSQL, as in 001.
-- Labels and tags by their beginning: PostgreSQL takes no more than 2704 bytes into one entry.

-- Holds all that filters ask for but text and verdicts, in the dataset's order: a million records are passed over without reading one.
create index record_filter on record
  (project, position, status, split, outcome, run, substr(label, 1, 200), substr(tags, 1, 400))
  where position is not null;

-- What there is to filter by, and how often.
create index record_label on record (project, substr(label, 1, 200)) where position is not null;
create index record_tags on record (project, substr(tags, 1, 400)) where position is not null and tags <> '[]';
create index record_grown on record (project, run) where position is not null and run is not null;

-- A project counted without reading its records: what its page shows, and every list of projects.
create index record_counted on record (project, outcome, status, split, substr(label, 1, 200), substr(cell, 1, 200));
