-- A new name goes to the people who meet the person on a ticket. Who they are, and how many active tickets a person is
-- assigned, was read from the whole history while the log was locked. Now append_events keeps both.
drop function acquaintances(uuid);

-- The people whom a ticket shows to its readers: who acted on it in public, and whom a public line of its history names.
create table ticket_people (
  ticket_id uuid not null references tickets,
  person_id uuid not null references people,
  primary key (ticket_id, person_id)
);

-- On how many of the tickets that a reader reads a person is shown.
create table acquaintances (
  person_id uuid not null references people,
  reader_id uuid not null references people,
  tickets integer not null check (tickets > 0),
  primary key (person_id, reader_id)
) with (fillfactor = 80);

-- How many open, in-progress and waiting tickets a person is assigned.
create table assigned_counts (
  person_id uuid primary key references people,
  active integer not null check (active >= 0)
) with (fillfactor = 50);

insert into ticket_people
select id, creator_id from tickets
union select id, assignee_id from tickets where assignee_id is not null
union select ticket_id, person_id from watchers
union select ticket_id, actor_id from timeline where actor_id is not null and not staff_only
union select ticket_id, unnest(people) from timeline where people <> '{}' and not staff_only
union select ticket_id, edited_by from comments where edited_by is not null and not internal;

insert into acquaintances
select p.person_id, r.person_id, count(*)
from ticket_people p join (select distinct ticket_id, person_id from ticket_readers) r using (ticket_id)
where p.person_id <> r.person_id group by 1, 2;

insert into assigned_counts
select assignee_id, count(*) from tickets
where assignee_id is not null and status in ('open', 'in_progress', 'waiting') group by 1;

analyze ticket_people;
analyze acquaintances;
analyze assigned_counts;

-- Called by append_events alone, after a public event of a ticket. p_shown: the people whom the event shows, null for
-- nobody. p_joined, p_left: people who became readers of the ticket by this change, and who are readers no longer.
create function keep_acquaintances(p_ticket uuid, p_shown uuid[], p_joined uuid[], p_left uuid[]) returns void
language plpgsql as $$
begin
  -- Most events show nobody new: nothing is written then.
  if p_joined = '{}' and p_left = '{}' and array_remove(p_shown, null) <@ array(
    select person_id from ticket_people where ticket_id = p_ticket and person_id = any(p_shown)
  ) then
    return;
  end if;

  if p_joined <> '{}' then
    insert into acquaintances as known
    select shown.person_id, joined, 1 from ticket_people shown, unnest(p_joined) joined
    where shown.ticket_id = p_ticket and shown.person_id <> joined
    on conflict (person_id, reader_id) do update set tickets = known.tickets + 1;
  end if;

  if p_left <> '{}' then
    delete from acquaintances known using ticket_people shown
    where shown.ticket_id = p_ticket and known.person_id = shown.person_id and known.reader_id = any(p_left)
      and known.tickets = 1;
    update acquaintances known set tickets = known.tickets - 1 from ticket_people shown
    where shown.ticket_id = p_ticket and known.person_id = shown.person_id and known.reader_id = any(p_left);
  end if;

  with shown as (
    insert into ticket_people select distinct p_ticket, person from unnest(p_shown) person where person is not null
    on conflict do nothing returning person_id
  )
  insert into acquaintances as known
  select shown.person_id, reader.person_id, 1
  from shown, (select distinct person_id from ticket_readers where ticket_id = p_ticket) reader
  where shown.person_id <> reader.person_id
  on conflict (person_id, reader_id) do update set tickets = known.tickets + 1;
end $$;

-- The person to whom a ticket's row counts as an active ticket.
create function active_assignee(p_row jsonb) returns uuid language sql immutable as $$
  select case when p_row ->> 'status' in ('open', 'in_progress', 'waiting') then (p_row -> 'assignee' ->> 'id')::uuid end
$$;

-- Called by append_events alone.
create function keep_assigned_counts(p_before uuid, p_after uuid) returns void language plpgsql as $$
begin
  if p_before is not distinct from p_after then
    return;
  end if;
  update assigned_counts set active = active - 1 where person_id = p_before;
  if p_after is not null then
    insert into assigned_counts as kept values (p_after, 1)
    on conflict (person_id) do update set active = kept.active + 1;
  end if;
end $$;

-- As before, but it keeps acquaintances and assigned_counts and reads them.
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
  v_person uuid;
  v_line_people uuid[];
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
      v_person := (v_data -> 'person' ->> 'id')::uuid;
      v_people := v_people || v_person || array(select reader_id from acquaintances where person_id = v_person);
      v_data := v_data || jsonb_build_object('assignedActive', coalesce(
        (select active from assigned_counts where person_id = v_person), 0));
    end if;

    insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data, ticket, staff_ticket)
    values (
      last_seq,
      case when n = jsonb_array_length(p_events) then last_tag else right(gen_random_uuid()::text, 12) end,
      last_at, e ->> 'name', v_ticket, (e ->> 'audience')::audience, v_people, p_actor, p_command, v_data,
      nullif(e -> 'ticket', 'null'), nullif(e -> 'staffTicket', 'null')
    );

    v_line_people := array(select jsonb_array_elements_text(e -> 'timeline' -> 'people'))::uuid[];
    if e ? 'timeline' then
      insert into timeline (seq, ticket_id, at, actor_id, system, kind, staff_only, comment_id, data, people)
      values (
        last_seq, v_ticket, last_at, actor, v_system, e -> 'timeline' ->> 'kind', v_staff_only,
        (e -> 'timeline' ->> 'commentId')::uuid,
        coalesce(e -> 'timeline' -> 'data', '{}'), v_line_people
      );
    end if;

    -- The caller holds the ticket's lock, and only the holder of the counter writes acquaintances and assigned_counts, so
    -- no statement below waits for anyone.
    if e ? 'staffTicket' then
      if not v_staff_only then
        perform keep_acquaintances(
          v_ticket, v_line_people || actor,
          array(select jsonb_array_elements_text(e -> 'joined'))::uuid[],
          array(select jsonb_array_elements_text(e -> 'left'))::uuid[]);
      end if;
      perform keep_assigned_counts(active_assignee(v_data -> 'before'), active_assignee(e -> 'staffTicket'));

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
