-- Documents that a project's records are grown from. One text for SQLite and PostgreSQL, as in 001.

create table document (
  project text not null references project (name),
  -- SHA-256 of the file's bytes: the same file is one document of a project.
  id text not null,
  -- 1, 2, 3 … in the project, in the order they were added; a gap is left where one was removed.
  sequence bigint not null,
  name text not null,
  title text not null,
  format text not null,
  -- Path or address it was added from.
  source text not null,
  -- Size of the file.
  bytes bigint not null,
  pages bigint not null,
  -- Length of the Markdown, in UTF-16 code units.
  characters bigint not null,
  -- Markdown, where its pages begin, and notes; packed as in 001.
  content bytea not null,
  created_ms bigint not null,
  primary key (project, id)
);

create unique index document_order on document (project, sequence);
