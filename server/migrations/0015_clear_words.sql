-- Names by which people are told apart: capitals, accents, kinds of blanks and what cannot be seen make no difference.
create function name_key(text) returns text language sql immutable strict parallel safe
return btrim(regexp_replace(
  lower(regexp_replace(
    normalize($1, nfkd),
    '[\u00ad\u0300-\u036f\u061c\u1160\u115f\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]', '', 'g'
  )),
  '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+', ' ', 'g'
));

-- Who came first keeps the name. Everyone hears of it as of any other change of a name.
do $$
declare
  p record;
  plain text;
  wanted text;
  n integer;
begin
  perform lock_people(false);
  for p in
    select *, row_number() over (partition by name_key(name) order by created_at, id) as place
    from people order by created_at, id
  loop
    plain := btrim(regexp_replace(
      p.name, '[\u0001-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]', '', 'g'
    ));
    if name_key(plain) = '' then plain := 'Nameless'; end if;
    wanted := plain;
    n := p.place;
    while exists (select from people o where o.id <> p.id and name_key(o.name) = name_key(wanted)
      and (n > 1 or (o.created_at, o.id) < (p.created_at, p.id)))
    loop
      n := greatest(n, 2);
      wanted := left(plain, 74) || ' (' || n || ')';
      n := n + 1;
    end loop;
    continue when wanted = p.name;
    update people set name = wanted where id = p.id;
    perform append_events(null, null, jsonb_build_array(
      jsonb_build_object('name', 'person:changed', 'audience', 'participants', 'people', '[]'::jsonb, 'data',
        jsonb_build_object(
          'person', jsonb_build_object('id', p.id, 'name', wanted, 'staff', p.role <> 'sales', 'active', p.active),
          'wasAssignable', p.active and p.role <> 'sales')),
      jsonb_build_object('name', 'person:accountChanged', 'audience', 'super_admins', 'people', '[]'::jsonb, 'data',
        jsonb_build_object('account', jsonb_build_object(
          'id', p.id, 'name', wanted, 'email', p.email, 'role', p.role, 'active', p.active,
          'pending', p.password_hash is null,
          'linkExpiresAt', (
            select to_char(max(expires_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
            from links where person_id = p.id),
          'createdAt', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))
    ));
  end loop;
end $$;

create unique index people_name on people (name_key(name));

-- Marks that turn text around, in what was written before they were refused. Nothing that can be seen goes with them.
create function without_turns(text) returns text language sql immutable strict parallel safe
return regexp_replace($1, '[\u202a-\u202e\u2066-\u2069]', '', 'g');

update tickets set title = coalesce(nullif(btrim(without_turns(title)), ''), 'Untitled')
  where title <> without_turns(title);
update tickets set description = without_turns(description) where description <> without_turns(description);
update comments set body = without_turns(body) where body <> without_turns(body);
update attachments set name = coalesce(nullif(btrim(without_turns(name)), ''), 'file')
  where name <> without_turns(name);
update timeline set data = without_turns(data::text)::jsonb where data::text <> without_turns(data::text);
update events set
    data = without_turns(data::text)::jsonb,
    ticket = without_turns(ticket::text)::jsonb,
    staff_ticket = without_turns(staff_ticket::text)::jsonb
  where (data, ticket, staff_ticket)::text ~ '[\u202a-\u202e\u2066-\u2069]';
drop function without_turns(text);
