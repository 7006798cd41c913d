-- The colour of a person's avatar, by its place among 24. People who meet have different ones: a new person gets the one
-- that the fewest active people have, for staff first among staff.
alter table people add column color smallint check (color between 0 and 23);

update people set color = placed.color
from (select id, (row_number() over (order by role = 'sales', created_at, id) - 1) % 24 as color from people) placed
where people.id = placed.id;
alter table people alter column color set not null;

create function choose_color() returns trigger language plpgsql as $$
begin
  select place into new.color
  from generate_series(0, 23) place left join people p on p.color = place and p.active
  group by place
  order by case when new.role <> 'sales' then count(p.id) filter (where p.role <> 'sales') end, count(p.id), place
  limit 1;
  return new;
end $$;
create trigger choose_color before insert on people for each row execute function choose_color();

-- The people in earlier events. A text that somebody wrote cannot look like one: its quotation marks are escaped.
create function with_colors(doc jsonb) returns jsonb language plpgsql stable strict as $$
declare
  written text := doc::text;
  shown record;
  rest constant text := '", "name": "(?:[^"\\]|\\.)*", "staff": (?:true|false), "active": (?:true|false)';
begin
  for shown in
    select id, color from people
    where id in (select m[1]::uuid from regexp_matches(written, '\{"id": "([0-9a-f-]{36})' || rest || '\}', 'g') m)
  loop
    written := regexp_replace(
      written, '(\{"id": "' || shown.id || rest || ')\}', '\1, "color": ' || shown.color || '}', 'g');
  end loop;
  return written::jsonb;
end $$;
update events set
  data = with_colors(data), ticket = with_colors(ticket), staff_ticket = with_colors(staff_ticket),
  actor = with_colors(actor);
drop function with_colors(jsonb);

update events set data = jsonb_set(data, '{account,color}', to_jsonb(people.color))
from people where events.name = 'person:accountChanged' and people.id = (events.data #>> '{account,id}')::uuid;
