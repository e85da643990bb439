-- Who may sign in to the studio, and the browsers that are signed in. One text for SQLite and PostgreSQL, as in 001.

create table account (
  -- The name without case, so that Ada and ada are one.
  id text primary key,
  name text not null,
  -- reviewer, editor, admin
  role text not null,
  -- As scrypt made it; null where there is none.
  password text,
  -- SHA-256 of the token of an invitation that was not taken yet.
  invitation text unique,
  invited_until_ms bigint,
  created_ms bigint not null
);

create table session (
  -- SHA-256 of what the browser holds: whoever reads this table can sign in with nothing.
  id text primary key,
  account text not null references account (id) on delete cascade,
  expires_ms bigint not null
);

create index session_account on session (account);
