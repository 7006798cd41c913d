-- Who has looked. Only the holder of the log's counter writes these: looks come without the lock of their ticket.
alter table seen
  -- When the position moved. Null: before this column.
  add column at timestamptz,
  -- How far the person looked or acted as one of the staff, on a ticket of somebody else, and when.
  add column looked bigint,
  add column looked_at timestamptz;
create index seen_ticket on seen (ticket_id);

update seen set looked = seen.seq from people p, tickets t
where p.id = seen.person_id and p.role <> 'sales' and t.id = seen.ticket_id and t.creator_id <> p.id;

-- Whether anyone of the staff has looked since the creator, or somebody else who is not staff, last wrote publicly.
create table ticket_eyes (
  ticket_id uuid primary key references tickets,
  -- The ticket is open, in progress or waiting.
  active boolean not null,
  -- Number and time of the event with which they last wrote.
  asked bigint not null,
  asked_at timestamptz not null,
  looked boolean not null,
  -- When somebody looked first. Null: nobody has, or not since this table.
  looked_at timestamptz
) with (fillfactor = 80);

insert into ticket_eyes
select t.id, t.status in ('open', 'in_progress', 'waiting'), coalesce(asked.seq, 0), coalesce(asked.at, t.created_at),
  exists (select from seen s where s.ticket_id = t.id and s.looked >= coalesce(asked.seq, 0)), null
from tickets t left join (
  select distinct on (l.ticket_id) l.ticket_id, l.seq, l.at
  from timeline l join tickets t on t.id = l.ticket_id join people p on p.id = l.actor_id
  where l.kind in ('created', 'comment') and not l.staff_only and (p.id = t.creator_id or p.role = 'sales')
  order by l.ticket_id, l.seq desc
) asked on asked.ticket_id = t.id;

-- The tickets that nobody has looked at.
create index ticket_eyes_none on ticket_eyes (ticket_id) where active and not looked;

-- Keeps whether anyone has looked, for an event of a ticket. `asks`: they wrote. `acts`: somebody of the staff did something.
-- Returns for the row of staff whether anyone had looked before, and has after it.
create function keep_eyes(
  p_ticket uuid, p_seq bigint, p_at timestamptz, p_acts boolean, p_asks boolean, p_active boolean
) returns jsonb language plpgsql as $$
declare
  v_before boolean;
  v_after boolean;
begin
  select looked or not active into v_before from ticket_eyes where ticket_id = p_ticket;
  insert into ticket_eyes as kept (ticket_id, active, asked, asked_at, looked)
  values (p_ticket, p_active, p_seq, p_at, not p_asks)
  on conflict (ticket_id) do update set
    active = p_active,
    asked = case when p_asks then p_seq else kept.asked end,
    asked_at = case when p_asks then p_at else kept.asked_at end,
    looked = not p_asks and (kept.looked or p_acts),
    looked_at = case when p_asks then null when p_acts and not kept.looked then p_at else kept.looked_at end
  where p_asks or p_acts and not kept.looked or kept.active <> p_active;
  select looked or not active into strict v_after from ticket_eyes where ticket_id = p_ticket;
  return jsonb_build_object('looked', v_after, 'wasLooked', coalesce(v_before, true));
end $$;

-- As before, with who has looked.
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
  v_staff_row jsonb;
  v_acts boolean;
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

    v_staff_row := nullif(e -> 'staffTicket', 'null');
    if v_staff_row is not null then
      -- Whoever of the staff did not raise the ticket looks at it by acting.
      v_acts := coalesce(actor_staff and (v_staff_row -> 'creator' ->> 'id')::uuid <> actor, false);
      v_staff_row := v_staff_row || keep_eyes(
        v_ticket, last_seq, last_at, v_acts,
        e ->> 'name' in ('ticket:created', 'ticket:commentAdded') and not v_staff_only and not v_acts,
        v_staff_row ->> 'status' in ('open', 'in_progress', 'waiting'));
    end if;

    insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data, ticket, staff_ticket)
    values (
      last_seq,
      case when n = jsonb_array_length(p_events) then last_tag else right(gen_random_uuid()::text, 12) end,
      last_at, e ->> 'name', v_ticket, (e ->> 'audience')::audience, v_people, p_actor, p_command, v_data,
      nullif(e -> 'ticket', 'null'), v_staff_row
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

    -- The caller holds the ticket's lock, and only the holder of the counter writes acquaintances, assigned_counts, seen and
    -- ticket_eyes, so no statement here waits for anyone.
    if e ? 'staffTicket' then
      if not v_staff_only then
        perform keep_acquaintances(
          v_ticket, v_line_people || actor,
          array(select jsonb_array_elements_text(e -> 'joined'))::uuid[],
          array(select jsonb_array_elements_text(e -> 'left'))::uuid[]);
      end if;
      perform keep_assigned_counts(active_assignee(v_data -> 'before'), active_assignee(e -> 'staffTicket'));

      -- Acting on a ticket one had seen keeps it seen.
      insert into seen (person_id, ticket_id, seq, at, looked, looked_at)
        select actor, v_ticket,
          case when keeps then last_seq else coalesce(s.seq, 0) end, case when keeps then last_at else s.at end,
          case when v_acts then last_seq else s.looked end, case when v_acts then last_at else s.looked_at end
        from tickets t
        left join seen s on s.person_id = actor and s.ticket_id = t.id
        cross join lateral (
          select coalesce(s.seq, 0) >= case when actor_staff then coalesce(t.staff_news_version, t.staff_version)
            else coalesce(t.news_version, t.version) end as keeps
        ) as present
        where t.id = v_ticket and actor is not null and (keeps or v_acts)
      on conflict (person_id, ticket_id) do update set
        seq = excluded.seq, at = excluded.at, looked = excluded.looked, looked_at = excluded.looked_at;

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

-- As before, with the looks of staff.
create or replace function mark_seen(p_looks jsonb)
returns table (place integer, refusal text, moved boolean) language plpgsql as $$
declare
  look record;
  v_seq bigint;
  v_tag text;
  v_at timestamptz;
  v_before bigint;
  v_is_news boolean;
begin
  select head into strict v_seq from log for no key update;
  v_at := date_trunc('milliseconds', clock_timestamp());

  for look in
    select l.place, l.person, l.ticket, l.command, p.id is not null as may_act, t.id is not null as may_read,
      -- Who has seen the last news has seen the ticket.
      case when l.seq >= at.news then at.version else l.seq end as seq,
      p.role <> 'sales' and t.creator_id <> p.id as counts,
      jsonb_build_object('id', p.id, 'name', p.name, 'staff', p.role <> 'sales', 'active', p.active, 'color', p.color) as ref
    from jsonb_to_recordset(p_looks)
      as l (place integer, person uuid, session uuid, ticket uuid, seq bigint, command uuid)
    left join sessions s on s.id = l.session and s.person_id = l.person
    left join people p on p.id = s.person_id and p.active
    left join tickets t on t.id = l.ticket and (p.role <> 'sales' or exists (
      select from ticket_readers r where r.ticket_id = t.id and r.person_id = p.id))
    left join lateral (
      select case when p.role = 'sales' then t.version else t.staff_version end as version,
        case when p.role = 'sales' then coalesce(t.news_version, t.version)
          else coalesce(t.staff_news_version, t.staff_version) end as news
    ) at on true
    order by l.place
  loop
    place := look.place;
    refusal := case when not look.may_act then 'session.none' when not look.may_read then 'not.found' end;
    moved := false;
    if refusal is null then
      select s.seq into v_before from seen s where s.person_id = look.person and s.ticket_id = look.ticket;
      moved := v_before is null or v_before < look.seq;
      insert into seen as old (person_id, ticket_id, seq, at, looked, looked_at)
      values (
        look.person, look.ticket, look.seq, v_at,
        case when look.counts then look.seq end, case when look.counts then v_at end)
      on conflict (person_id, ticket_id) do update set
        seq = greatest(old.seq, excluded.seq),
        at = case when old.seq < excluded.seq then excluded.at else old.at end,
        looked = greatest(old.looked, excluded.looked),
        looked_at = case when coalesce(old.looked, -1) < excluded.looked then excluded.looked_at else old.looked_at end
      where old.seq < excluded.seq or coalesce(old.looked, -1) < excluded.looked;
    end if;
    if moved then
      v_seq := v_seq + 1;
      v_tag := right(gen_random_uuid()::text, 12);
      insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data)
      values (v_seq, v_tag, v_at, 'ticket:seen', look.ticket, 'people', array[look.person],
        jsonb_build_object('kind', 'person', 'person', look.ref), look.command,
        jsonb_build_object('ticketId', look.ticket, 'seen', look.seq));
    end if;
    if refusal is null and look.counts then
      -- The first of the staff who looks. Nobody learns who it was.
      update ticket_eyes e set looked = true, looked_at = v_at
      where e.ticket_id = look.ticket and not e.looked and e.asked <= look.seq
      returning e.active into v_is_news;
      if found and v_is_news then
        moved := true;
        v_seq := v_seq + 1;
        v_tag := right(gen_random_uuid()::text, 12);
        insert into events (seq, tag, at, name, ticket_id, audience, people, data)
        values (v_seq, v_tag, v_at, 'ticket:looked', look.ticket, 'staff',
          array(select distinct r.person_id from ticket_readers r where r.ticket_id = look.ticket),
          jsonb_build_object('ticketId', look.ticket, 'eyes', 1));
      end if;
    end if;
    return next;
  end loop;
  if v_tag is not null then
    update log set head = v_seq, head_tag = v_tag;
  end if;
end $$;
