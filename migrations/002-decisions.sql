-- What people decided on records. One text for SQLite and PostgreSQL, as in 001.

-- How many decisions a project has had: the sequence of the last one. It stands beside next_position, so that both are read together.
alter table project add column decisions bigint not null default 0;

create table decision (
  project text not null references project (name),
  -- 1, 2, 3 … in the project, in the order they were stored.
  sequence bigint not null,
  record text not null,
  -- accept, reject, reset, edit, relabel, tag, untag, restore, undo
  kind text not null,
  -- JSON of the members of the record that it changed (status, tags, content, position, outcome), as they were and as they became.
  before text not null,
  after text not null,
  who text not null,
  created_ms bigint not null,
  -- The sequence of the decision that took it back; null while it stands.
  undone bigint,
  primary key (project, sequence)
);

create index decision_record on decision (record, sequence);
