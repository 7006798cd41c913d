create type status as enum ('open', 'in_progress', 'waiting', 'resolved', 'closed');
create type priority as enum ('low', 'medium', 'high', 'urgent');

-- Columns named staff_* are what staff see; their twins are what everyone on the ticket sees.
-- An internal note moves the first and not the second.
create table tickets (
  id uuid primary key,
  number integer generated always as identity unique,
  title text not null,
  description text not null,
  status status not null default 'open',
  priority priority not null default 'medium',
  creator_id uuid not null references people,
  assignee_id uuid references people,
  comment_count integer not null default 0,
  staff_comment_count integer not null default 0,
  attachment_count integer not null default 0,
  staff_attachment_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  staff_updated_at timestamptz not null default now(),
  version bigint not null default 0,
  staff_version bigint not null default 0,
  search tsvector generated always as (to_tsvector('simple', title || ' ' || description)) stored
) with (fillfactor = 80);
create index tickets_staff_updated on tickets (staff_updated_at desc, number desc);
create index tickets_updated on tickets (updated_at desc, number desc);
create index tickets_created on tickets (created_at desc, number desc);
create index tickets_priority on tickets (priority desc, number desc);
create index tickets_creator on tickets (creator_id);
create index tickets_assignee on tickets (assignee_id);
create index tickets_search on tickets using gin (search);

create table watchers (
  ticket_id uuid not null references tickets,
  person_id uuid not null references people,
  primary key (ticket_id, person_id)
);
create index watchers_person on watchers (person_id, ticket_id);

create table comments (
  id uuid primary key,
  ticket_id uuid not null references tickets,
  author_id uuid not null references people,
  -- empty once removed
  body text not null,
  internal boolean not null,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  search tsvector generated always as (to_tsvector('simple', body)) stored
);
create index comments_ticket on comments (ticket_id);
create index comments_author on comments (author_id);
create index comments_search on comments using gin (search);

create table attachments (
  id uuid primary key,
  ticket_id uuid not null references tickets,
  comment_id uuid references comments,
  uploader_id uuid not null references people,
  name text not null,
  type text not null,
  size integer not null,
  sha256 text not null,
  internal boolean not null,
  -- its uploader's alone until a comment binds it
  draft boolean not null,
  created_at timestamptz not null default now()
);
create index attachments_ticket on attachments (ticket_id);
create index attachments_drafts on attachments (created_at) where draft;

-- How far a person has seen a ticket.
create table seen (
  person_id uuid not null references people,
  ticket_id uuid not null references tickets,
  seq bigint not null,
  primary key (person_id, ticket_id)
);
