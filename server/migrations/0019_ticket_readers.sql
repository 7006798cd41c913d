-- Who reads a ticket, and why. Staff read every ticket by their role.
create view ticket_readers (ticket_id, person_id, why) as
  select id, creator_id, 'creator' from tickets
  union all
  select ticket_id, person_id, 'watcher' from watchers;
