-- What is searched of a ticket, apart from its row: the row changes with every event, and each of its versions would be
-- indexed word by word again. Kept by a trigger, so that it cannot differ from the ticket's text.
create table ticket_texts (
  ticket_id uuid primary key references tickets,
  search tsvector not null
);
insert into ticket_texts select id, search from tickets;
alter table tickets drop column search;

create function keep_ticket_text() returns trigger language plpgsql as $$
begin
  insert into ticket_texts values (new.id, searchable(new.title || ' ' || new.description))
  on conflict (ticket_id) do update set search = excluded.search;
  return null;
end $$;
create trigger keep_ticket_text after insert or update of title, description on tickets
  for each row execute function keep_ticket_text();

-- Without a list of what is still to be indexed, which every search would have to go through.
create index ticket_texts_search on ticket_texts using gin (search) with (fastupdate = off);
drop index comments_search;
create index comments_search on comments using gin (search) with (fastupdate = off);
