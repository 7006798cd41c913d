-- Who did what to accounts, sessions, settings and other people's words, for super admins. Nobody changes an entry, the
-- server included, and it goes only when it is old: triggers refuse everything else.
create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  via text not null check (via in ('app', 'console', 'server')),
  -- null: not signed in, or no person
  actor_id uuid references people,
  -- whose account, words or file it is about
  subject_id uuid references people,
  ticket_id uuid references tickets,
  comment_id uuid references comments,
  session_id uuid,
  address text,
  device text,
  -- flat; never what somebody wrote
  details jsonb not null default '{}' check (octet_length(details::text) <= 4096)
);
create index audit_entries_kind on audit_entries (kind, id);
create index audit_entries_actor on audit_entries (actor_id, id);
create index audit_entries_subject on audit_entries (subject_id, id);
create index audit_entries_age on audit_entries (at);

-- The words of a comment before somebody else corrected it. Apart from their entry, because they go when the comment is
-- removed, and the entry stays.
create table audit_texts (
  entry_id bigint primary key references audit_entries on delete cascade,
  comment_id uuid not null references comments,
  text text not null
);
create index audit_texts_comment on audit_texts (comment_id);

-- Entries from before are old enough to go.
create function audit_horizon() returns timestamptz language sql stable as $$
  select now() - interval '400 days'
$$;

create function keep_audit_entries() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < audit_horizon() then
    return old;
  end if;
  raise exception 'audit entries are only added' using errcode = 'restrict_violation';
end $$;
create trigger keep_audit_entries before update or delete on audit_entries
  for each row execute function keep_audit_entries();

create function keep_audit_texts() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and (
    exists (select from comments where id = old.comment_id and deleted_at is not null)
    -- it went before its text does
    or not exists (select from audit_entries where id = old.entry_id)
  ) then
    return old;
  end if;
  raise exception 'the text of an audit entry goes only with its comment' using errcode = 'restrict_violation';
end $$;
create trigger keep_audit_texts before update or delete on audit_texts
  for each row execute function keep_audit_texts();

create function refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are only added' using errcode = 'restrict_violation';
end $$;
create trigger refuse_truncate before truncate on audit_entries execute function refuse_truncate();
create trigger refuse_truncate before truncate on audit_texts execute function refuse_truncate();

-- Who corrected it last, when that was not its author.
alter table comments add column edited_by uuid references people;
