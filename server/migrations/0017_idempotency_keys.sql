-- Tables and columns are named for what they hold: the keys of the Idempotency-Key header, and what each use produced.
alter table commands rename to idempotency_keys;
alter table idempotency_keys rename column made to result;
alter table idempotency_keys rename constraint commands_pkey to idempotency_keys_pkey;
alter table idempotency_keys rename constraint commands_person_id_fkey to idempotency_keys_person_id_fkey;
alter index commands_age rename to idempotency_keys_age;

-- The first statement of every change: its idempotency key, the people lock, then the actor. Each is read after the lock
-- before it is held. `used` is the fingerprint of an earlier use of this key, if there was one, and `result` what that use
-- produced; two uses meet at the row, and the second waits for the first to commit. No role: the session has ended.
drop function begin_change(uuid, uuid, uuid, text, boolean);
create function begin_change(
  p_person uuid,
  p_session uuid,
  p_key uuid,
  p_fingerprint text,
  p_changes_people boolean,
  out used text,
  out result jsonb,
  out name text,
  out role role
) language plpgsql as $$
begin
  insert into idempotency_keys (person_id, key, fingerprint)
  values (p_person, p_key, p_fingerprint) on conflict do nothing;
  if not found then
    select k.fingerprint, k.result into strict used, result
    from idempotency_keys k where k.person_id = p_person and k.key = p_key;
    return;
  end if;
  perform lock_people(not p_changes_people);
  -- Shared, so that a role change or deactivation waits for what this person is doing, or this waits and is refused.
  select p.name, p.role into name, role from people p join sessions s on s.person_id = p.id
  where p.id = p_person and s.id = p_session and p.active
  for share of p;
end $$;
