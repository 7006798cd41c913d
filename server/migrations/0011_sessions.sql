alter table sessions
  -- What the browser says it is, and where it was last used from: so that its person knows which one it is.
  add column device text,
  add column address text,
  -- When the person last gave their password in it.
  add column confirmed_at timestamptz;
update sessions set confirmed_at = created_at;
alter table sessions alter column confirmed_at set default now(), alter column confirmed_at set not null;
