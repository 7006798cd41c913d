create table tags (
  id uuid primary key,
  name text not null,
  color text not null,
  internal boolean not null,
  archived boolean not null default false,
  -- The end of every chain: a merge moves what stood for the merged tag.
  merged_into uuid references tags check (merged_into <> id),
  created_at timestamptz not null default now()
);
create unique index tags_name on tags (name_key(name));
create index tags_merged on tags (merged_into) where merged_into is not null;

create table ticket_tags (
  ticket_id uuid not null references tickets,
  tag_id uuid not null references tags,
  primary key (ticket_id, tag_id)
);
create index ticket_tags_tag on ticket_tags (tag_id, ticket_id);

alter type audience add value 'everyone';
