-- What people are writing. A row without text and files says that it was sent or discarded.
create table drafts (
  person_id uuid not null references people,
  ticket_id uuid not null references tickets,
  kind text not null check (kind in ('reply', 'note')),
  body text not null,
  -- The text before it became shorter: of what is deleted letter by letter, the whole can be brought back.
  longer_body text,
  attachment_ids uuid[] not null,
  -- From the clock, so that a draft which begins again has no number of an earlier one.
  rev bigint not null,
  updated_at timestamptz not null,
  primary key (person_id, ticket_id, kind)
);

-- Texts that were replaced or discarded.
create table earlier_drafts (
  id uuid primary key,
  person_id uuid not null references people,
  ticket_id uuid not null references tickets,
  kind text not null check (kind in ('reply', 'note')),
  body text not null,
  at timestamptz not null
);
create index earlier_drafts_person on earlier_drafts (person_id, at desc);
create index earlier_drafts_at on earlier_drafts (at);

-- How many characters of a text the next one lacks: those between what both begin with and what both end with. 0 after
-- typing, however often the text is saved meanwhile.
create function lost_characters(old text, new text) returns integer language plpgsql immutable as $$
declare
  shorter constant integer := least(length(old), length(new));
  same_head integer := 0;
  same_tail integer := 0;
  most integer := shorter;
  middle integer;
begin
  while same_head < most loop
    middle := (same_head + most + 1) / 2;
    if left(old, middle) = left(new, middle) then same_head := middle; else most := middle - 1; end if;
  end loop;
  most := shorter - same_head;
  while same_tail < most loop
    middle := (same_tail + most + 1) / 2;
    if right(old, middle) = right(new, middle) then same_tail := middle; else most := middle - 1; end if;
  end loop;
  return length(old) - same_head - same_tail;
end $$;
