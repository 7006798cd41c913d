-- Who wrote the last public comment that is not removed. Null: the creator did, in a comment or in the description.
alter table tickets add column last_author_id uuid references people;
