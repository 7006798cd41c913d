-- How long a ticket of this priority may wait: the most urgent comes first.
create function pressing(priority) returns smallint language sql immutable strict parallel safe as $$
  select (array_position(array['urgent', 'high', 'medium', 'low']::priority[], $1) - 1)::smallint
$$;

-- The tickets that nobody has looked at, in this order: by what presses, then by age.
alter table ticket_eyes
  add column number integer,
  add column pressing smallint;
update ticket_eyes e set number = t.number, pressing = pressing(t.priority) from tickets t where t.id = e.ticket_id;
alter table ticket_eyes
  alter column number set not null,
  alter column pressing set not null;
drop index ticket_eyes_none;
create index ticket_eyes_none on ticket_eyes (pressing, number) include (ticket_id) where active and not looked;

-- As before, with the place in this order. The change has saved the ticket already.
create or replace function keep_eyes(
  p_ticket uuid, p_seq bigint, p_at timestamptz, p_acts boolean, p_asks boolean, p_active boolean
) returns jsonb language plpgsql as $$
declare
  v_before boolean;
  v_after boolean;
begin
  select looked or not active into v_before from ticket_eyes where ticket_id = p_ticket;
  insert into ticket_eyes as kept (ticket_id, active, asked, asked_at, looked, number, pressing)
  select p_ticket, p_active, p_seq, p_at, not p_asks, t.number, pressing(t.priority) from tickets t where t.id = p_ticket
  on conflict (ticket_id) do update set
    active = p_active,
    asked = case when p_asks then p_seq else kept.asked end,
    asked_at = case when p_asks then p_at else kept.asked_at end,
    looked = not p_asks and (kept.looked or p_acts),
    looked_at = case when p_asks then null when p_acts and not kept.looked then p_at else kept.looked_at end,
    pressing = excluded.pressing
  where p_asks or p_acts and not kept.looked or kept.active <> p_active or kept.pressing <> excluded.pressing;
  select looked or not active into strict v_after from ticket_eyes where ticket_id = p_ticket;
  return jsonb_build_object('looked', v_after, 'wasLooked', coalesce(v_before, true));
end $$;
