-- The log of changes: the only source of what is delivered. Numbers are dense and become visible in order, because
-- the counter's row lock is held from append_events to the end of the transaction.
create table log (
  singleton boolean primary key default true check (singleton),
  head bigint not null default 0,
  head_tag text not null default right(gen_random_uuid()::text, 12),
  -- Events up to here may be gone.
  floor bigint not null default 0,
  floor_tag text not null,
  check (floor <= head)
) with (fillfactor = 50);
insert into log (head_tag, floor_tag)
  select tag, tag from (select right(gen_random_uuid()::text, 12) as tag) as start;

create type audience as enum ('participants', 'staff', 'super_admins', 'people', 'others');

create table events (
  seq bigint primary key,
  -- Random: a cursor that names it proves that the client knew this very log, not one restored since.
  tag text not null,
  at timestamptz not null,
  name text not null,
  ticket_id uuid,
  -- participants: people and staff. others: everyone but people and staff.
  audience audience not null,
  people uuid[] not null,
  actor jsonb,
  command_id uuid,
  data jsonb not null,
  -- The ticket's row after the event, as people on the ticket and as staff see it.
  ticket jsonb,
  staff_ticket jsonb
);
create index events_ticket on events (ticket_id, seq);

-- A ticket's history. Outlives the log, which is pruned.
create table timeline (
  seq bigint primary key,
  ticket_id uuid not null references tickets,
  at timestamptz not null,
  actor_id uuid not null references people,
  kind text not null,
  staff_only boolean not null,
  comment_id uuid references comments,
  data jsonb not null default '{}',
  -- people named in data
  people uuid[] not null default '{}'
);
create index timeline_ticket on timeline (ticket_id, seq);

-- Where each other follower of the log is.
create table followers (
  name text primary key,
  seq bigint not null
);

-- The last statement of every change: nothing may take a lock after it.
-- p_events: [{ name, ticketId?, audience, people, data, ticket?, staffTicket?, timeline? }]
create function append_events(
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
  actor uuid := (p_actor ->> 'id')::uuid;
  actor_staff boolean := (p_actor ->> 'staff')::boolean;
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
      insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only, comment_id, data, people)
      values (
        last_seq, v_ticket, last_at, actor, e -> 'timeline' ->> 'kind', v_staff_only,
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
          and coalesce(s.seq, 0) >= case when actor_staff then t.staff_version else t.version end
      on conflict (person_id, ticket_id) do update set seq = excluded.seq;

      update tickets set
        staff_version = last_seq,
        staff_updated_at = last_at,
        version = case when v_staff_only then version else last_seq end,
        updated_at = case when v_staff_only then updated_at else last_at end
      where id = v_ticket;
    end if;
  end loop;
end $$;

-- Salespeople who may meet this person on a ticket they see, and the person.
create function acquaintances(p_person uuid) returns setof uuid language sql stable as $$
  with shared as (
    select id from tickets where creator_id = p_person or assignee_id = p_person
    union
    select ticket_id from watchers where person_id = p_person
    union
    select ticket_id from timeline where (actor_id = p_person or p_person = any(people)) and not staff_only
  )
  select p_person
  union
  select creator_id from tickets where id in (select id from shared)
  union
  select person_id from watchers where ticket_id in (select id from shared)
$$;
