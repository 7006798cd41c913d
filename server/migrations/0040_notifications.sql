-- What concerns people, a row a person and ticket. Only the holder of the log's counter writes these tables.
create type notification_reason as enum ('mentioned', 'assigned', 'urgent', 'unseen', 'reply', 'watched', 'access');

create table notifications (
  person_id uuid not null references people,
  ticket_id uuid not null references tickets,
  -- Why the newest event that concerns the person does, and when it happened.
  reason notification_reason not null,
  at timestamptz not null,
  -- For each reason the number of its newest event.
  reasons jsonb not null,
  -- The number of the newest event, or of a later one with which it became unread again. No two rows of a person have one.
  seq bigint not null,
  -- The numbers of unread events, the newest first.
  unread bigint[] not null,
  done_up_to bigint not null default 0,
  snoozed_until timestamptz,
  muted boolean not null default false,
  primary key (person_id, ticket_id)
) with (fillfactor = 80);
create index notifications_place on notifications (person_id, seq);
create index notifications_active on notifications (person_id, seq) where seq > done_up_to or snoozed_until is not null;
create index notifications_snoozed on notifications (snoozed_until) where snoozed_until is not null;

-- Up to which event everything is done that concerns a person.
create table inboxes (
  person_id uuid primary key references people,
  done_up_to bigint not null
) with (fillfactor = 80);

alter table events
  -- Whom the event notified: by person, the reason and what became of a snooze.
  add column notified jsonb,
  drop column bytes;
alter table events add column bytes integer not null generated always as (
  octet_length(data::text) + coalesce(octet_length(ticket::text), 0) + coalesce(octet_length(staff_ticket::text), 0)
  + coalesce(octet_length(notified::text), 0) + 40 * cardinality(people)
) stored;

-- Notifications without what is done, and as the contract has them.
create view inbox as
select n.person_id, n.ticket_id, n.seq, n.done_up_to, n.snoozed_until, n.seq <= mark.up_to as done,
  coalesce(n.unread[1] > mark.up_to, false) as is_unread,
  jsonb_build_object(
    'ticketId', n.ticket_id,
    'reason', n.reason,
    'at', to_char(n.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'reasons', (
      select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(n.reasons) where value::bigint > mark.up_to),
    'seq', n.seq,
    'unread', array(select u from unnest(n.unread) u where u > mark.up_to order by u desc),
    'done', n.seq <= mark.up_to,
    'snoozedUntil', to_char(n.snoozed_until at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'muted', n.muted
  ) as notification
from notifications n
left join inboxes i on i.person_id = n.person_id
cross join lateral (select greatest(n.done_up_to, i.done_up_to) as up_to) mark;

-- Adds an event to the unread ones, and drops those beyond the newest 100.
create function with_unread(p_unread bigint[], p_seq bigint) returns bigint[]
language sql immutable as $$
  select array(select u from unnest(p_seq || p_unread) u order by u desc limit 100)
$$;

-- Notifies people of an event of a ticket, and returns whom, as events store it. It leaves out the actor, who is inactive,
-- who may not see the event, and who muted the ticket. A person has one reason: the strongest. p_concerns: [{ person, reason }
-- or { staff: true, reason }].
create function notify_people(
  p_ticket uuid, p_seq bigint, p_at timestamptz, p_actor uuid, p_staff_only boolean, p_concerns jsonb, p_most integer
) returns jsonb language sql as $$
  with concern as materialized (
    select * from jsonb_to_recordset(p_concerns) as c (person uuid, staff boolean, reason notification_reason)
  ), concerned as materialized (
    select p.id, min(c.reason) as reason, n.snoozed_until is not null as was_snoozed
    from (
      select person, reason from concern where person is not null
      union all
      select p.id, reason from concern join people p on p.role <> 'sales' where concern.staff
    ) c
    join people p on p.id = c.person
    left join notifications n on n.person_id = p.id and n.ticket_id = p_ticket
    where p.active and p.id is distinct from p_actor and (p.role <> 'sales' or not p_staff_only and exists (
      select from ticket_readers r where r.ticket_id = p_ticket and r.person_id = p.id))
    group by p.id, n.snoozed_until, n.muted
    having n.muted is not true
    order by min(c.reason), p.id
    limit p_most
  ), written as (
    insert into notifications as old (person_id, ticket_id, reason, at, reasons, seq, unread)
    select id, p_ticket, reason, p_at, jsonb_build_object(reason, p_seq), p_seq, array[p_seq] from concerned
    on conflict (person_id, ticket_id) do update set
      reason = excluded.reason,
      at = excluded.at,
      -- With what is done, which the view leaves out: it can be taken back.
      reasons = old.reasons || excluded.reasons,
      seq = excluded.seq,
      unread = with_unread(old.unread, p_seq),
      snoozed_until = case when excluded.reason not in ('mentioned', 'assigned', 'urgent') then old.snoozed_until end
    returning person_id, snoozed_until is not null as is_snoozed
  )
  select jsonb_object_agg(c.id, jsonb_build_object('reason', c.reason)
    || case when w.is_snoozed then '{"snooze": "on"}' when c.was_snoozed then '{"snooze": "ended"}' else '{}'::jsonb end)
  from concerned c join written w on w.person_id = c.id
$$;

-- What a person does with their notifications, or the system when a snooze ends. Returns the data of the event.
create function edit_notifications(p_person uuid, p_seq bigint, p_edit jsonb) returns jsonb language plpgsql as $$
declare
  v_ticket uuid := (p_edit ->> 'ticketId')::uuid;
  v_was bigint;
  v_up_to bigint := case when p_edit ? 'doneUpTo' then least((p_edit ->> 'doneUpTo')::bigint, p_seq - 1) end;
begin
  if v_ticket is null then
    select done_up_to into v_was from inboxes where person_id = p_person;
    insert into inboxes values (p_person, v_up_to) on conflict (person_id) do update set done_up_to = excluded.done_up_to;
    return jsonb_build_object('doneUpTo', v_up_to, 'was', coalesce(v_was, 0));
  end if;

  update notifications set
    done_up_to = coalesce(v_up_to, done_up_to),
    muted = coalesce((p_edit ->> 'muted')::boolean, muted),
    snoozed_until = case when p_edit ? 'snoozedUntil' then (p_edit ->> 'snoozedUntil')::timestamptz else snoozed_until end,
    unread = case p_edit ->> 'unread' when 'true' then with_unread(unread, p_seq) when 'false' then '{}' else unread end,
    seq = case when p_edit ->> 'unread' = 'true' then p_seq else seq end
  where person_id = p_person and ticket_id = v_ticket;
  return (
    select jsonb_build_object('ticketId', v_ticket, 'notification', notification) from inbox
    where person_id = p_person and ticket_id = v_ticket);
end $$;

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
  v_left uuid[];
  v_notified jsonb;
  v_notifies integer := 1000;
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

    if e ->> 'name' = 'notification:changed' then
      v_data := edit_notifications(v_people[1], last_seq, v_data);
    end if;

    v_notified := null;
    if e ? 'notify' and v_notifies > 0 then
      v_notified := notify_people(v_ticket, last_seq, last_at, actor, v_staff_only, e -> 'notify', v_notifies);
      v_notifies := v_notifies - (select count(*) from jsonb_object_keys(v_notified));
    end if;

    insert into events (
      seq, tag, at, name, ticket_id, audience, people, actor, command_id, data, ticket, staff_ticket, notified)
    values (
      last_seq,
      case when n = jsonb_array_length(p_events) then last_tag else right(gen_random_uuid()::text, 12) end,
      last_at, e ->> 'name', v_ticket, (e ->> 'audience')::audience, v_people, p_actor, p_command, v_data,
      nullif(e -> 'ticket', 'null'), v_staff_row, v_notified
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

    -- The caller holds the ticket's lock, and only the holder of the counter writes acquaintances, assigned_counts, seen,
    -- ticket_eyes, notifications and inboxes, so no statement here waits for anyone.
    -- Who may not see a ticket any more has no notification of it.
    v_left := array(select jsonb_array_elements_text(e -> 'left'))::uuid[];
    if v_left <> '{}' then
      delete from notifications n using people p
      where p.id = n.person_id and n.person_id = any(v_left)
        and (v_ticket is null or n.ticket_id = v_ticket and p.role = 'sales');
    end if;

    if e ? 'staffTicket' then
      if not v_staff_only then
        perform keep_acquaintances(
          v_ticket, v_line_people || array(select jsonb_array_elements_text(e -> 'mentioned'))::uuid[] || actor,
          array(select jsonb_array_elements_text(e -> 'joined'))::uuid[],
          v_left);
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

create or replace function mark_seen(p_looks jsonb)
returns table (place integer, refusal text, moved boolean) language plpgsql as $$
declare
  look record;
  v_seq bigint;
  v_tag text;
  v_at timestamptz;
  v_before bigint;
  v_is_news boolean;
  v_reads boolean;
begin
  select head into strict v_seq from log for no key update;
  v_at := date_trunc('milliseconds', clock_timestamp());

  for look in
    select l.place, l.person, l.ticket, l.command, p.id is not null as may_act, t.id is not null as may_read,
      -- Who has seen the last news has seen the ticket.
      case when l.seq >= at.news then greatest(at.version, n.seq) else l.seq end as seq,
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
    left join notifications n on n.person_id = p.id and n.ticket_id = t.id
    order by l.place
  loop
    place := look.place;
    refusal := case when not look.may_act then 'session.none' when not look.may_read then 'not.found' end;
    moved := false;
    v_reads := false;
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
    if refusal is null then
      update notifications set unread = array(select u from unnest(unread) u where u > look.seq order by u desc)
      where person_id = look.person and ticket_id = look.ticket and look.seq >= unread[cardinality(unread)];
      v_reads := found;
    end if;
    if moved then
      v_seq := v_seq + 1;
      v_tag := right(gen_random_uuid()::text, 12);
      insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data)
      values (v_seq, v_tag, v_at, 'ticket:seen', look.ticket, 'people', array[look.person],
        jsonb_build_object('kind', 'person', 'person', look.ref), look.command,
        jsonb_build_object('ticketId', look.ticket, 'seen', look.seq));
    elsif v_reads then
      -- The person had marked it as unread after seeing it.
      moved := true;
      v_seq := v_seq + 1;
      v_tag := right(gen_random_uuid()::text, 12);
      insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data)
      select v_seq, v_tag, v_at, 'notification:changed', look.ticket, 'people', array[look.person],
        jsonb_build_object('kind', 'person', 'person', look.ref), look.command,
        jsonb_build_object('ticketId', look.ticket, 'notification', notification)
      from inbox where person_id = look.person and ticket_id = look.ticket;
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
