-- Who corrected somebody else's comment is named on it, so people on the ticket have to know of a new name.
create index comments_editor on comments (edited_by) where edited_by is not null;

create or replace function acquaintances(p_person uuid) returns setof uuid language sql stable as $$
  with shared as (
    select id from tickets where creator_id = p_person or assignee_id = p_person
    union
    select ticket_id from watchers where person_id = p_person
    union
    select ticket_id from timeline where (actor_id = p_person or p_person = any(people)) and not staff_only
    union
    select ticket_id from comments where edited_by = p_person and not internal
  )
  select p_person
  union
  select creator_id from tickets where id in (select id from shared)
  union
  select person_id from watchers where ticket_id in (select id from shared)
$$;
