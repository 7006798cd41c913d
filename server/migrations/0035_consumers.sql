-- The stored followers of the log, such as e-mail: how far each has taken events in.
create table consumers (
  name text primary key,
  seq bigint not null,
  -- The tag of that event: a cursor without its event belongs to another log.
  tag text not null,
  ran_at timestamptz not null default now(),
  skipped bigint not null default 0,
  failed bigint not null default 0
);

-- What a consumer still has to deliver. It has ids and no texts.
create table deliveries (
  id uuid primary key,
  consumer text not null references consumers on delete cascade,
  -- Deliveries with one key become one until its first attempt.
  key text not null,
  items jsonb not null check (jsonb_typeof(items) = 'array' and octet_length(items::text) <= 65536),
  created_at timestamptz not null default now(),
  due_at timestamptz not null,
  attempts integer not null default 0,
  -- Why the last attempt did not succeed.
  problem text
);
create unique index deliveries_gathering on deliveries (consumer, key) where attempts = 0;
create index deliveries_due on deliveries (consumer, due_at);

-- What was not delivered, or not taken in, and why.
create table consumer_failures (
  id bigint generated always as identity primary key,
  consumer text not null references consumers on delete cascade,
  at timestamptz not null default now(),
  reason text not null,
  details jsonb not null check (octet_length(details::text) <= 65536)
);
create index consumer_failures_consumer on consumer_failures (consumer, id);
