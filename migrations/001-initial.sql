-- One text for SQLite and PostgreSQL: SQLite keeps any type name (bigint has integer affinity, bytea keeps bytes as they are).
-- Times are epoch milliseconds; JSON is text; `bytea` columns hold zstd-compressed JSON.

create table project (
  name text primary key,
  settings text not null,
  -- Next free position; a record's position orders exports and tells a run what it may see.
  next_position bigint not null,
  created_ms bigint not null
);

create table provider (
  name text primary key,
  settings text not null,
  -- Sealed with the workspace's key; null if the key comes from the environment or none is needed.
  secret text,
  created_ms bigint not null
);

create table assignment (
  provider text not null references provider (name) on delete cascade,
  project text not null references project (name) on delete cascade,
  primary key (provider, project)
);

create table run (
  id text primary key,
  project text not null references project (name),
  identity text not null,
  snapshot text not null,
  targets text not null,
  budget text not null,
  state text not null,
  reason text not null,
  hint text not null,
  cursor bigint not null,
  spent_calls bigint not null,
  spent_tokens bigint not null,
  spent_nano_usd bigint not null,
  reserved_calls bigint not null,
  reserved_tokens bigint not null,
  reserved_nano_usd bigint not null,
  created_ms bigint not null,
  updated_ms bigint not null
);

create index run_project on run (project, created_ms);

-- Who may select into a project. The fence only ever grows, so that a holder that was thought dead is recognised.
create table lease (
  project text primary key references project (name),
  run text not null,
  fence bigint not null,
  holder text not null,
  expires_ms bigint not null
);

create table round (
  run text not null references run (id),
  number bigint not null,
  first_unit bigint not null,
  units bigint not null,
  known bigint not null,
  feedback text not null,
  tallies text not null,
  selected bigint not null,
  primary key (run, number)
);

create table unit (
  run text not null references run (id),
  ordinal bigint not null,
  round bigint not null,
  cell text not null,
  cell_ordinal bigint not null,
  asks bigint not null,
  -- planned, proposed, failed, skipped
  state text not null,
  -- Candidates while they wait to be selected; null before and after.
  candidates bytea,
  calls text not null,
  code text,
  message text,
  primary key (run, ordinal)
);

create table record (
  id text primary key,
  project text not null references project (name),
  -- Null while it is not part of the dataset (rejected, surplus).
  position bigint,
  outcome text not null,
  status text not null,
  split text not null,
  cell text not null,
  -- First label: what balance and filters look at.
  label text,
  content text not null,
  tags text not null,
  verdicts text not null,
  run text,
  unit bigint,
  item bigint,
  -- Ledger key and index there: the same candidate in any run.
  origin text,
  seeds text,
  source text,
  created_ms bigint not null
);

-- Partial, so that a million rejects cost the dataset's order nothing.
create unique index record_position on record (project, position) where position is not null;
create index record_run on record (run, unit, item);

-- The ledger. What is here is never paid again.
create table call (
  key text primary key,
  provider text not null,
  model text not null,
  request bytea not null,
  reply bytea not null,
  tokens bigint not null,
  nano_usd bigint not null,
  created_ms bigint not null
);

create table attempt (
  id text primary key,
  key text not null,
  run text not null,
  unit bigint not null,
  fence bigint not null,
  -- open, settled, lost
  state text not null,
  worst_tokens bigint not null,
  worst_nano_usd bigint not null,
  charged_calls bigint,
  charged_tokens bigint,
  charged_nano_usd bigint,
  fault text,
  opened_ms bigint not null,
  closed_ms bigint
);

-- Nobody pays for the same call twice at the same time.
create unique index attempt_open on attempt (key) where state = 'open';
create index attempt_run_open on attempt (run) where state = 'open';
create index attempt_key on attempt (key);
