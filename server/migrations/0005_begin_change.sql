-- Held alone by changes to people, and shared by all others: events on tickets say how people are called and whether
-- they act. Unless all of them stay as they are until it is written, one could say what an event numbered before it
-- has changed.
create function lock_people(p_shared boolean) returns void language plpgsql as $$
begin
  if p_shared then
    perform pg_advisory_xact_lock_shared(hashtext('deskbell people'));
  else
    perform pg_advisory_xact_lock(hashtext('deskbell people'));
  end if;
end $$;

-- The first statement of every change: its idempotency row, the people lock, then who does it, each read after the lock
-- before it was had. `asked` is the fingerprint of the earlier use of this key, if there was one, and `made` what it
-- made; two uses meet at the row, and the second waits for the first to commit. No role: the session is over.
create function begin_change(
  p_person uuid,
  p_session uuid,
  p_key uuid,
  p_fingerprint text,
  p_changes_people boolean,
  out asked text,
  out made jsonb,
  out name text,
  out role role
) language plpgsql as $$
begin
  insert into commands (person_id, key, fingerprint) values (p_person, p_key, p_fingerprint) on conflict do nothing;
  if not found then
    select c.fingerprint, c.made into strict asked, made from commands c where c.person_id = p_person and c.key = p_key;
    return;
  end if;
  perform lock_people(not p_changes_people);
  -- Shared, so that a role change or deactivation waits for what this person is doing, or this waits and is refused.
  select p.name, p.role into name, role from people p join sessions s on s.person_id = p.id
  where p.id = p_person and s.id = p_session and p.active
  for share of p;
end $$;
