-- What can be searched for: the words of a text. PostgreSQL's own parser keeps an e-mail address, a host, a path or
-- `-1234` whole and leaves `<tags>` out, so nobody finds them by the words in them; punctuation is none of ours.
-- Accented letters that come in two parts are put together.
create function searchable(text) returns tsvector language sql immutable strict parallel safe
return to_tsvector(
  'simple'::regconfig,
  normalize(translate($1, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)), nfc)
);

alter table tickets drop column search;
alter table tickets add column search tsvector generated always as (searchable(title || ' ' || description)) stored;
create index tickets_search on tickets using gin (search);

alter table comments drop column search;
alter table comments add column search tsvector generated always as (searchable(body)) stored;
create index comments_search on comments using gin (search);
