-- What one node alone may do is held by a lease, until it expires by the database's clock. Every holder has a
-- token of its own, and checks it in each transaction that it writes in.
create table leases (
  name text primary key,
  -- The host and the process, for people who look.
  holder text not null,
  token uuid not null,
  expires_at timestamptz not null
);

drop table followers;
