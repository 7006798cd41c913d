-- A change is made by a person, or by the system under the name of one of its rules. The history has one or the other.
alter table timeline alter column actor_id drop not null;
alter table timeline add column system text;
alter table timeline add constraint timeline_actor_check check (num_nonnulls(actor_id, system) = 1);

-- What the system does is no news: a ticket is seen by the people who have seen its last news. Null: the last event is.
alter table tickets add column news_version bigint;
alter table tickets add column staff_news_version bigint;

update events set actor = jsonb_build_object('kind', 'person', 'person', actor) where actor is not null;

-- An idempotency key belongs to its actor: `person:` and an id, or `system:` and a name.
alter table idempotency_keys drop constraint idempotency_keys_person_id_fkey;
alter table idempotency_keys rename column person_id to actor;
alter table idempotency_keys alter column actor type text using 'person:' || actor;

-- As before, for any actor. No person: the system acts. No role of a person: the session has ended.
drop function begin_change(uuid, uuid, uuid, text, boolean);
create function begin_change(
  p_actor text,
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
  insert into idempotency_keys (actor, key, fingerprint)
  values (p_actor, p_key, p_fingerprint) on conflict do nothing;
  if not found then
    select k.fingerprint, k.result into strict used, result
    from idempotency_keys k where k.actor = p_actor and k.key = p_key;
    return;
  end if;
  perform lock_people(not p_changes_people);
  -- Shared, so that a role change or deactivation waits for what this person is doing, or this waits and is refused.
  select p.name, p.role into name, role from people p join sessions s on s.person_id = p.id
  where p.id = p_person and s.id = p_session and p.active
  for share of p;
end $$;

-- As before, with the actor as the contract's ActorRef.
create or replace function append_events(
  p_actor jsonb,
  p_command uuid,
  p_events jsonb,
  out last_seq bigint,
  out last_tag text,
  out last_at timestamptz
) language plpgsql as $$
declare
  n integer := jsonb_array_length(p_events);
  e jsonb;
  r record;
  actor uuid := (p_actor -> 'person' ->> 'id')::uuid;
  actor_staff boolean := (p_actor -> 'person' ->> 'staff')::boolean;
  -- No person is asked to look at what the system does: its events leave a seen ticket seen.
  v_system text := case when p_actor ->> 'kind' = 'system' then p_actor ->> 'name' end;
  v_people uuid[];
  v_data jsonb;
  v_ticket uuid;
  v_staff_only boolean;
begin
  if n is null or n not between 1 and 100 then
    raise exception 'append_events: 1 to 100 events, got %', n;
  end if;
  last_tag := right(gen_random_uuid()::text, 12);
  update log set head = head + n, head_tag = last_tag returning head - n into strict last_seq;
  last_at := date_trunc('milliseconds', clock_timestamp());

  for e, n in select value, ordinality from jsonb_array_elements(p_events) with ordinality loop
    last_seq := last_seq + 1;
    v_data := e -> 'data';
    v_ticket := (e ->> 'ticketId')::uuid;
    v_staff_only := e ->> 'audience' = 'staff';
    v_people := array(select jsonb_array_elements_text(e -> 'people'))::uuid[];

    if e ->> 'name' = 'person:changed' then
      -- Under the counter's lock this sees exactly the changes numbered before it.
      v_people := v_people || array(select acquaintances((v_data -> 'person' ->> 'id')::uuid));
      v_data := v_data || jsonb_build_object('assignedActive', (
        select count(*) from tickets
        where assignee_id = (v_data -> 'person' ->> 'id')::uuid and status in ('open', 'in_progress', 'waiting')
      ));
    end if;

    insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data, ticket, staff_ticket)
    values (
      last_seq,
      case when n = jsonb_array_length(p_events) then last_tag else right(gen_random_uuid()::text, 12) end,
      last_at, e ->> 'name', v_ticket, (e ->> 'audience')::audience, v_people, p_actor, p_command, v_data,
      nullif(e -> 'ticket', 'null'), nullif(e -> 'staffTicket', 'null')
    );

    if e ? 'timeline' then
      insert into timeline (seq, ticket_id, at, actor_id, system, kind, staff_only, comment_id, data, people)
      values (
        last_seq, v_ticket, last_at, actor, v_system, e -> 'timeline' ->> 'kind', v_staff_only,
        (e -> 'timeline' ->> 'commentId')::uuid,
        coalesce(e -> 'timeline' -> 'data', '{}'),
        array(select jsonb_array_elements_text(e -> 'timeline' -> 'people'))::uuid[]
      );
    end if;

    -- The caller holds the ticket's lock, so neither statement below waits for anyone.
    if e ? 'staffTicket' then
      -- Acting on a ticket one had seen keeps it seen.
      insert into seen (person_id, ticket_id, seq)
        select actor, v_ticket, last_seq from tickets t
        left join seen s on s.person_id = actor and s.ticket_id = t.id
        where t.id = v_ticket and actor is not null
          and coalesce(s.seq, 0) >= case when actor_staff then coalesce(t.staff_news_version, t.staff_version)
            else coalesce(t.news_version, t.version) end
      on conflict (person_id, ticket_id) do update set seq = excluded.seq;

      update tickets set
        staff_version = last_seq,
        staff_news_version = case when v_system is not null then coalesce(staff_news_version, staff_version) end,
        staff_updated_at = last_at,
        version = case when v_staff_only then version else last_seq end,
        news_version = case
          when v_staff_only then news_version
          when v_system is not null then coalesce(news_version, version)
        end,
        updated_at = case when v_staff_only then updated_at else last_at end
      where id = v_ticket;
    end if;
  end loop;
end $$;
