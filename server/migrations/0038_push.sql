-- The key pair that push services know this desk by. Browsers bind their subscriptions to it, so it is part of a backup.
create table push_key (
  singleton boolean primary key default true check (singleton),
  -- In base64url.
  public_key text not null,
  private_key text not null
);

-- Where a browser receives messages while no page is open. It goes with its session, whatever ends that.
create table push_subscriptions (
  session_id uuid primary key references sessions on delete cascade,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  -- The public key that it was made with.
  key text not null,
  -- Messages name the ticket's title and who acted.
  with_text boolean not null,
  -- How often the push service refused a message since it took one.
  refused integer not null default 0
);
