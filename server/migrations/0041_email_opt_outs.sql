-- For which reasons people want no e-mails.
create table email_opt_outs (
  person_id uuid not null references people,
  reason text not null check (octet_length(reason) <= 40),
  at timestamptz not null default now(),
  primary key (person_id, reason)
);
