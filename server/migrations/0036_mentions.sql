-- Whom a text mentions is shown to the ticket's readers, and each of them learns of a new name. Of a requester, the picker of
-- mentions reads all acquaintances.
create index acquaintances_of_reader on acquaintances (reader_id);

-- `@[Ada](person:…)` is found by her name, and by nothing else of it.
create function without_person_ids(text) returns text language sql immutable strict parallel safe
return regexp_replace($1, '\]\(person:[0-9a-f-]{36}\)', ' ', 'gi');

-- The functions as they are, each with one part more: append_events shows the people of `mentioned`, and the index of words
-- leaves out the ids of people.
do $$
declare
  append text := pg_get_functiondef('append_events'::regproc);
  shown constant text := 'v_line_people || actor';
  words text := pg_get_functiondef('searchable'::regproc);
  written constant text := 'regexp_replace($1,';
begin
  if strpos(append, shown) = 0 or strpos(words, written) = 0 then
    raise exception 'append_events or searchable is not what this migration extends';
  end if;
  execute replace(append, shown,
    'v_line_people || array(select jsonb_array_elements_text(e -> ''mentioned''))::uuid[] || actor');
  execute replace(words, written, 'regexp_replace(without_person_ids($1),');
end $$;
