-- Records how far people have seen tickets: one transaction for the looks of many. It takes the log's counter first and writes
-- under it, as append_events does, so that neither waits for the other while it holds what the other needs. What it reads
-- then contains exactly the changes numbered before, so it needs no lock on people, sessions or tickets.
-- p_looks: [{ place, person, session, ticket, seq, command? }]
create function mark_seen(p_looks jsonb)
returns table (place integer, refusal text, moved boolean) language plpgsql as $$
declare
  look record;
  v_seq bigint;
  v_tag text;
  v_at timestamptz;
begin
  select head into strict v_seq from log for no key update;
  v_at := date_trunc('milliseconds', clock_timestamp());

  for look in
    select l.place, l.person, l.ticket, l.command, p.id is not null as may_act, t.id is not null as may_read,
      -- Who has seen the last news has seen the ticket.
      case when l.seq >= at.news then at.version else l.seq end as seq,
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
      insert into seen as old (person_id, ticket_id, seq) values (look.person, look.ticket, look.seq)
      on conflict (person_id, ticket_id) do update set seq = excluded.seq where old.seq < excluded.seq;
      moved := found;
    end if;
    if moved then
      v_seq := v_seq + 1;
      v_tag := right(gen_random_uuid()::text, 12);
      insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data)
      values (v_seq, v_tag, v_at, 'ticket:seen', look.ticket, 'people', array[look.person],
        jsonb_build_object('kind', 'person', 'person', look.ref), look.command,
        jsonb_build_object('ticketId', look.ticket, 'seen', look.seq));
    end if;
    return next;
  end loop;
  if v_tag is not null then
    update log set head = v_seq, head_tag = v_tag;
  end if;
end $$;
