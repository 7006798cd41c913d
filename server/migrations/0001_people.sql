create type role as enum ('sales', 'admin', 'super_admin');
create type link_kind as enum ('setup', 'invitation', 'password');

create table people (
  id uuid primary key,
  email text not null,
  name text not null,
  role role not null,
  active boolean not null default true,
  -- null until the invitation is accepted
  password_hash text,
  settings jsonb not null default '{"theme": "auto"}',
  created_at timestamptz not null default now()
);
create unique index people_email on people (lower(email));

create table sessions (
  id uuid primary key,
  person_id uuid not null references people,
  -- SHA-256 of the token in the cookie, which is stored nowhere
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  -- moves ahead with use, never past ends_at
  expires_at timestamptz not null,
  ends_at timestamptz not null
);
create index sessions_person on sessions (person_id);
create index sessions_expiry on sessions (expires_at);

create table links (
  id uuid primary key,
  kind link_kind not null,
  -- null for the set-up link
  person_id uuid references people,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check ((kind = 'setup') = (person_id is null))
);
create index links_person on links (person_id);

-- Every change a person asked for, so that asking again makes nothing twice. Never holds what was written.
create table commands (
  person_id uuid not null references people,
  key uuid not null,
  -- route and body, or size and SHA-256 of an upload
  fingerprint text not null,
  made jsonb,
  created_at timestamptz not null default now(),
  primary key (person_id, key)
);
create index commands_age on commands (created_at);
