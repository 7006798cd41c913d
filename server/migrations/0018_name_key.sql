-- Every character that Unicode calls ignorable, and a notehead that is drawn as nothing, make no difference either.
drop index people_name;

create or replace function name_key(text) returns text language sql immutable strict parallel safe
return btrim(regexp_replace(
  lower(regexp_replace(
    normalize($1, nfkd),
    '[\u00ad\u0300-\u036f\u061c\u1160\u115f\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff'
      '\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]', '', 'g'
  )),
  '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+', ' ', 'g'
));

-- The first person with a name keeps it. Clients get the events of a changed name.
do $$
declare
  p record;
  wanted text;
  n integer;
begin
  perform lock_people(false);
  for p in
    select * from (
      select *, row_number() over (partition by name_key(name) order by created_at, id) as place from people
    ) named where place > 1 order by created_at, id
  loop
    n := p.place;
    loop
      wanted := left(p.name, 74) || ' (' || n || ')';
      exit when not exists (select from people where name_key(name) = name_key(wanted));
      n := n + 1;
    end loop;
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
