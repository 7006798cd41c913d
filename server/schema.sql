-- What the migrations add up to: `npm run schema` writes it, a test compares it.

create type audience as enum ('participants', 'staff', 'super_admins', 'people', 'others', 'everyone');

create type link_kind as enum ('setup', 'invitation', 'password');

create type notification_reason as enum ('mentioned', 'assigned', 'urgent', 'unseen', 'reply', 'watched', 'access');

create type priority as enum ('low', 'medium', 'high', 'urgent');

create type role as enum ('sales', 'admin', 'super_admin');

create type status as enum ('open', 'in_progress', 'waiting', 'resolved', 'closed');

create table acquaintances (
  person_id uuid not null,
  reader_id uuid not null,
  tickets integer not null,
  constraint acquaintances_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint acquaintances_pkey PRIMARY KEY (person_id, reader_id),
  constraint acquaintances_reader_id_fkey FOREIGN KEY (reader_id) REFERENCES people(id),
  constraint acquaintances_tickets_check CHECK ((tickets > 0))
) with (fillfactor=80);

create table assigned_counts (
  person_id uuid not null,
  active integer not null,
  constraint assigned_counts_active_check CHECK ((active >= 0)),
  constraint assigned_counts_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint assigned_counts_pkey PRIMARY KEY (person_id)
) with (fillfactor=50);

create table attachments (
  id uuid not null,
  ticket_id uuid not null,
  comment_id uuid,
  uploader_id uuid not null,
  name text not null,
  type text not null,
  size integer not null,
  sha256 text not null,
  internal boolean not null,
  draft boolean not null,
  created_at timestamp with time zone default now() not null,
  pixels bigint,
  constraint attachments_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comments(id),
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint attachments_uploader_id_fkey FOREIGN KEY (uploader_id) REFERENCES people(id)
);

create table audit_entries (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  kind text not null,
  via text not null,
  actor_id uuid,
  subject_id uuid,
  ticket_id uuid,
  comment_id uuid,
  session_id uuid,
  address text,
  device text,
  details jsonb default '{}'::jsonb not null,
  constraint audit_entries_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES people(id),
  constraint audit_entries_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comments(id),
  constraint audit_entries_details_check CHECK ((octet_length((details)::text) <= 4096)),
  constraint audit_entries_pkey PRIMARY KEY (id),
  constraint audit_entries_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES people(id),
  constraint audit_entries_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint audit_entries_via_check CHECK ((via = ANY (ARRAY['app'::text, 'console'::text, 'server'::text])))
);

create table audit_texts (
  entry_id bigint not null,
  comment_id uuid not null,
  text text not null,
  constraint audit_texts_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comments(id),
  constraint audit_texts_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES audit_entries(id) ON DELETE CASCADE,
  constraint audit_texts_pkey PRIMARY KEY (entry_id)
);

create table comments (
  id uuid not null,
  ticket_id uuid not null,
  author_id uuid not null,
  body text not null,
  internal boolean not null,
  created_at timestamp with time zone default now() not null,
  edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  search tsvector generated always as (searchable(body)) stored,
  edited_by uuid,
  constraint comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES people(id),
  constraint comments_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES people(id),
  constraint comments_pkey PRIMARY KEY (id),
  constraint comments_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table consumer_failures (
  id bigint generated always as identity not null,
  consumer text not null,
  at timestamp with time zone default now() not null,
  reason text not null,
  details jsonb not null,
  constraint consumer_failures_consumer_fkey FOREIGN KEY (consumer) REFERENCES consumers(name) ON DELETE CASCADE,
  constraint consumer_failures_details_check CHECK ((octet_length((details)::text) <= 65536)),
  constraint consumer_failures_pkey PRIMARY KEY (id)
);

create table consumers (
  name text not null,
  seq bigint not null,
  tag text not null,
  ran_at timestamp with time zone default now() not null,
  skipped bigint default 0 not null,
  failed bigint default 0 not null,
  constraint consumers_pkey PRIMARY KEY (name)
);

create table deliveries (
  id uuid not null,
  consumer text not null,
  key text not null,
  items jsonb not null,
  created_at timestamp with time zone default now() not null,
  due_at timestamp with time zone not null,
  attempts integer default 0 not null,
  problem text,
  constraint deliveries_consumer_fkey FOREIGN KEY (consumer) REFERENCES consumers(name) ON DELETE CASCADE,
  constraint deliveries_items_check CHECK (((jsonb_typeof(items) = 'array'::text) AND (octet_length((items)::text) <= 65536))),
  constraint deliveries_pkey PRIMARY KEY (id)
);

create table desk_settings (
  singleton boolean default true not null,
  settings jsonb default '{}'::jsonb not null,
  constraint desk_settings_pkey PRIMARY KEY (singleton),
  constraint desk_settings_settings_check CHECK ((octet_length((settings)::text) <= 65536)),
  constraint desk_settings_singleton_check CHECK (singleton)
);

create table device_secret (
  singleton boolean default true not null,
  secret bytea not null,
  constraint device_secret_pkey PRIMARY KEY (singleton),
  constraint device_secret_singleton_check CHECK (singleton)
);

create table drafts (
  person_id uuid not null,
  ticket_id uuid not null,
  kind text not null,
  body text not null,
  longer_body text,
  attachment_ids uuid[] not null,
  rev bigint not null,
  updated_at timestamp with time zone not null,
  constraint drafts_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'note'::text]))),
  constraint drafts_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint drafts_pkey PRIMARY KEY (person_id, ticket_id, kind),
  constraint drafts_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table earlier_drafts (
  id uuid not null,
  person_id uuid not null,
  ticket_id uuid not null,
  kind text not null,
  body text not null,
  at timestamp with time zone not null,
  constraint earlier_drafts_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'note'::text]))),
  constraint earlier_drafts_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint earlier_drafts_pkey PRIMARY KEY (id),
  constraint earlier_drafts_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table email_opt_outs (
  person_id uuid not null,
  reason text not null,
  at timestamp with time zone default now() not null,
  constraint email_opt_outs_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint email_opt_outs_pkey PRIMARY KEY (person_id, reason),
  constraint email_opt_outs_reason_check CHECK ((octet_length(reason) <= 40))
);

create table events (
  seq bigint not null,
  tag text not null,
  at timestamp with time zone not null,
  name text not null,
  ticket_id uuid,
  audience audience not null,
  people uuid[] not null,
  actor jsonb,
  command_id uuid,
  data jsonb not null,
  ticket jsonb,
  staff_ticket jsonb,
  notified jsonb,
  bytes integer generated always as (((((octet_length((data)::text) + COALESCE(octet_length((ticket)::text), 0)) + COALESCE(octet_length((staff_ticket)::text), 0)) + COALESCE(octet_length((notified)::text), 0)) + (40 * cardinality(people)))) stored not null,
  constraint events_pkey PRIMARY KEY (seq)
);

create table failed_sign_ins (
  person_id uuid not null,
  attempts integer not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  last_address text,
  constraint failed_sign_ins_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint failed_sign_ins_pkey PRIMARY KEY (person_id)
);

create table idempotency_keys (
  actor text not null,
  key uuid not null,
  fingerprint text not null,
  result jsonb,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_keys_pkey PRIMARY KEY (actor, key)
);

create table inboxes (
  person_id uuid not null,
  done_up_to bigint not null,
  constraint inboxes_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint inboxes_pkey PRIMARY KEY (person_id)
) with (fillfactor=80);

create table leases (
  name text not null,
  holder text not null,
  token uuid not null,
  expires_at timestamp with time zone not null,
  constraint leases_pkey PRIMARY KEY (name)
);

create table links (
  id uuid not null,
  kind link_kind not null,
  person_id uuid,
  token_hash bytea not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  mailed boolean default false not null,
  constraint links_check CHECK (((kind = 'setup'::link_kind) = (person_id IS NULL))),
  constraint links_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint links_pkey PRIMARY KEY (id),
  constraint links_token_hash_key UNIQUE (token_hash)
);

create table log (
  singleton boolean default true not null,
  head bigint default 0 not null,
  head_tag text default "right"((gen_random_uuid())::text, 12) not null,
  floor bigint default 0 not null,
  floor_tag text not null,
  constraint log_check CHECK ((floor <= head)),
  constraint log_pkey PRIMARY KEY (singleton),
  constraint log_singleton_check CHECK (singleton)
) with (fillfactor=50);

create table migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pkey PRIMARY KEY (number)
);

create table notifications (
  person_id uuid not null,
  ticket_id uuid not null,
  reason notification_reason not null,
  at timestamp with time zone not null,
  reasons jsonb not null,
  seq bigint not null,
  unread bigint[] not null,
  done_up_to bigint default 0 not null,
  snoozed_until timestamp with time zone,
  muted boolean default false not null,
  constraint notifications_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint notifications_pkey PRIMARY KEY (person_id, ticket_id),
  constraint notifications_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
) with (fillfactor=80);

create table people (
  id uuid not null,
  email text not null,
  name text not null,
  role role not null,
  active boolean default true not null,
  password_hash text,
  settings jsonb default '{"theme": "auto"}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  color smallint not null,
  constraint people_color_check CHECK (((color >= 0) AND (color <= 23))),
  constraint people_pkey PRIMARY KEY (id)
);

create table push_key (
  singleton boolean default true not null,
  public_key text not null,
  private_key text not null,
  constraint push_key_pkey PRIMARY KEY (singleton),
  constraint push_key_singleton_check CHECK (singleton)
);

create table push_subscriptions (
  session_id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  key text not null,
  with_text boolean not null,
  refused integer default 0 not null,
  constraint push_subscriptions_pkey PRIMARY KEY (session_id),
  constraint push_subscriptions_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);

create table seen (
  person_id uuid not null,
  ticket_id uuid not null,
  seq bigint not null,
  at timestamp with time zone,
  looked bigint,
  looked_at timestamp with time zone,
  constraint seen_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint seen_pkey PRIMARY KEY (person_id, ticket_id),
  constraint seen_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table sessions (
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone default now() not null,
  used_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  device text,
  address text,
  confirmed_at timestamp with time zone default now() not null,
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_hash_key UNIQUE (token_hash)
);

create table storage_use (
  person_id uuid not null,
  bytes bigint not null,
  files integer not null,
  constraint storage_use_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint storage_use_pkey PRIMARY KEY (person_id)
) with (fillfactor=50);

create table tags (
  id uuid not null,
  name text not null,
  color text not null,
  internal boolean not null,
  archived boolean default false not null,
  merged_into uuid,
  created_at timestamp with time zone default now() not null,
  used boolean default false not null,
  constraint tags_check CHECK ((merged_into <> id)),
  constraint tags_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES tags(id),
  constraint tags_pkey PRIMARY KEY (id)
);

create table ticket_eyes (
  ticket_id uuid not null,
  active boolean not null,
  asked bigint not null,
  asked_at timestamp with time zone not null,
  looked boolean not null,
  looked_at timestamp with time zone,
  number integer not null,
  pressing smallint not null,
  constraint ticket_eyes_pkey PRIMARY KEY (ticket_id),
  constraint ticket_eyes_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
) with (fillfactor=80);

create table ticket_people (
  ticket_id uuid not null,
  person_id uuid not null,
  constraint ticket_people_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint ticket_people_pkey PRIMARY KEY (ticket_id, person_id),
  constraint ticket_people_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table ticket_tags (
  ticket_id uuid not null,
  tag_id uuid not null,
  constraint ticket_tags_pkey PRIMARY KEY (ticket_id, tag_id),
  constraint ticket_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags(id),
  constraint ticket_tags_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table ticket_texts (
  ticket_id uuid not null,
  search tsvector not null,
  constraint ticket_texts_pkey PRIMARY KEY (ticket_id),
  constraint ticket_texts_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table tickets (
  id uuid not null,
  number integer generated always as identity not null,
  title text not null,
  description text not null,
  status status default 'open'::status not null,
  priority priority default 'medium'::priority not null,
  creator_id uuid not null,
  assignee_id uuid,
  comment_count integer default 0 not null,
  staff_comment_count integer default 0 not null,
  attachment_count integer default 0 not null,
  staff_attachment_count integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  staff_updated_at timestamp with time zone default now() not null,
  version bigint default 0 not null,
  staff_version bigint default 0 not null,
  news_version bigint,
  staff_news_version bigint,
  last_author_id uuid,
  constraint tickets_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES people(id),
  constraint tickets_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES people(id),
  constraint tickets_last_author_id_fkey FOREIGN KEY (last_author_id) REFERENCES people(id),
  constraint tickets_number_key UNIQUE (number),
  constraint tickets_pkey PRIMARY KEY (id)
) with (fillfactor=80);

create table timeline (
  seq bigint not null,
  ticket_id uuid not null,
  at timestamp with time zone not null,
  actor_id uuid,
  kind text not null,
  staff_only boolean not null,
  comment_id uuid,
  data jsonb default '{}'::jsonb not null,
  people uuid[] default '{}'::uuid[] not null,
  system text,
  constraint timeline_actor_check CHECK ((num_nonnulls(actor_id, system) = 1)),
  constraint timeline_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES people(id),
  constraint timeline_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comments(id),
  constraint timeline_pkey PRIMARY KEY (seq),
  constraint timeline_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table watchers (
  ticket_id uuid not null,
  person_id uuid not null,
  constraint watchers_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint watchers_pkey PRIMARY KEY (ticket_id, person_id),
  constraint watchers_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

CREATE INDEX acquaintances_of_reader ON public.acquaintances USING btree (reader_id);

CREATE INDEX attachments_comment ON public.attachments USING btree (comment_id) WHERE (comment_id IS NOT NULL);

CREATE INDEX attachments_drafts ON public.attachments USING btree (created_at) WHERE draft;

CREATE INDEX attachments_ticket ON public.attachments USING btree (ticket_id, id);

CREATE INDEX audit_entries_actor ON public.audit_entries USING btree (actor_id, id);

CREATE INDEX audit_entries_age ON public.audit_entries USING btree (at);

CREATE INDEX audit_entries_kind ON public.audit_entries USING btree (kind, id);

CREATE INDEX audit_entries_subject ON public.audit_entries USING btree (subject_id, id);

CREATE INDEX audit_texts_comment ON public.audit_texts USING btree (comment_id);

CREATE INDEX comments_author ON public.comments USING btree (author_id);

CREATE INDEX comments_editor ON public.comments USING btree (edited_by) WHERE (edited_by IS NOT NULL);

CREATE INDEX comments_public ON public.comments USING btree (ticket_id) WHERE (NOT internal);

CREATE INDEX comments_search ON public.comments USING gin (search) WITH (fastupdate=off);

CREATE INDEX comments_ticket ON public.comments USING btree (ticket_id);

CREATE INDEX consumer_failures_consumer ON public.consumer_failures USING btree (consumer, id);

CREATE INDEX deliveries_due ON public.deliveries USING btree (consumer, due_at);

CREATE UNIQUE INDEX deliveries_gathering ON public.deliveries USING btree (consumer, key) WHERE (attempts = 0);

CREATE INDEX earlier_drafts_at ON public.earlier_drafts USING btree (at);

CREATE INDEX earlier_drafts_person ON public.earlier_drafts USING btree (person_id, at DESC);

CREATE INDEX events_comment ON public.events USING btree ((((data -> 'comment'::text) ->> 'id'::text))) WHERE (((data -> 'comment'::text) ->> 'id'::text) IS NOT NULL);

CREATE INDEX events_ticket ON public.events USING btree (ticket_id, seq);

CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

CREATE INDEX links_person ON public.links USING btree (person_id);

CREATE INDEX notifications_active ON public.notifications USING btree (person_id, seq) WHERE ((seq > done_up_to) OR (snoozed_until IS NOT NULL));

CREATE INDEX notifications_place ON public.notifications USING btree (person_id, seq);

CREATE INDEX notifications_snoozed ON public.notifications USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);

CREATE UNIQUE INDEX people_email ON public.people USING btree (lower(email));

CREATE UNIQUE INDEX people_name ON public.people USING btree (name_key(name));

CREATE INDEX seen_ticket ON public.seen USING btree (ticket_id);

CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_person ON public.sessions USING btree (person_id);

CREATE INDEX tags_merged ON public.tags USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE UNIQUE INDEX tags_name ON public.tags USING btree (name_key(name));

CREATE INDEX ticket_eyes_none ON public.ticket_eyes USING btree (pressing, number) INCLUDE (ticket_id) WHERE (active AND (NOT looked));

CREATE INDEX ticket_tags_tag ON public.ticket_tags USING btree (tag_id, ticket_id);

CREATE INDEX ticket_texts_search ON public.ticket_texts USING gin (search) WITH (fastupdate=off);

CREATE INDEX tickets_assignee ON public.tickets USING btree (assignee_id);

CREATE INDEX tickets_created ON public.tickets USING btree (created_at DESC, number DESC);

CREATE INDEX tickets_creator_created ON public.tickets USING btree (creator_id DESC, created_at DESC, number DESC);

CREATE INDEX tickets_creator_priority ON public.tickets USING btree (creator_id DESC, priority DESC, number DESC) INCLUDE (status, assignee_id);

CREATE INDEX tickets_creator_updated ON public.tickets USING btree (creator_id DESC, updated_at DESC, number DESC);

CREATE INDEX tickets_priority ON public.tickets USING btree (priority DESC, number DESC);

CREATE INDEX tickets_resolved ON public.tickets USING btree (updated_at) WHERE (status = 'resolved'::status);

CREATE INDEX tickets_staff_updated ON public.tickets USING btree (staff_updated_at DESC, number DESC);

CREATE INDEX tickets_updated ON public.tickets USING btree (updated_at DESC, number DESC);

CREATE INDEX timeline_public ON public.timeline USING btree (ticket_id, seq) WHERE (NOT staff_only);

CREATE INDEX timeline_system ON public.timeline USING btree (at) WHERE (system IS NOT NULL);

CREATE INDEX timeline_ticket ON public.timeline USING btree (ticket_id, seq);

CREATE INDEX watchers_person ON public.watchers USING btree (person_id, ticket_id);

create view inbox as
 SELECT n.person_id,
    n.ticket_id,
    n.seq,
    n.done_up_to,
    n.snoozed_until,
    n.seq <= mark.up_to AS done,
    COALESCE(n.unread[1] > mark.up_to, false) AS is_unread,
    jsonb_build_object('ticketId', n.ticket_id, 'reason', n.reason, 'at', to_char((n.at AT TIME ZONE 'utc'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text), 'reasons', ( SELECT COALESCE(jsonb_object_agg(jsonb_each.key, jsonb_each.value), '{}'::jsonb) AS "coalesce"
           FROM jsonb_each(n.reasons) jsonb_each(key, value)
          WHERE jsonb_each.value::bigint > mark.up_to), 'seq', n.seq, 'unread', ARRAY( SELECT u.u
           FROM unnest(n.unread) u(u)
          WHERE u.u > mark.up_to
          ORDER BY u.u DESC), 'done', n.seq <= mark.up_to, 'snoozedUntil', to_char((n.snoozed_until AT TIME ZONE 'utc'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text), 'muted', n.muted) AS notification
   FROM notifications n
     LEFT JOIN inboxes i ON i.person_id = n.person_id
     CROSS JOIN LATERAL ( SELECT GREATEST(n.done_up_to, i.done_up_to) AS up_to) mark;

create view ticket_readers as
 SELECT tickets.id AS ticket_id,
    tickets.creator_id AS person_id,
    'creator'::text AS why
   FROM tickets
UNION ALL
 SELECT watchers.ticket_id,
    watchers.person_id,
    'watcher'::text AS why
   FROM watchers;

CREATE OR REPLACE FUNCTION public.active_assignee(p_row jsonb)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when p_row ->> 'status' in ('open', 'in_progress', 'waiting') then (p_row -> 'assignee' ->> 'id')::uuid end
$function$;

CREATE OR REPLACE FUNCTION public.append_events(p_actor jsonb, p_command uuid, p_events jsonb, OUT last_seq bigint, OUT last_tag text, OUT last_at timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
declare
  n integer := jsonb_array_length(p_events);
  e jsonb;
  r record;
  actor uuid := (p_actor -> 'person' ->> 'id')::uuid;
  actor_staff boolean := (p_actor -> 'person' ->> 'staff')::boolean;
  -- No person is asked to look at what the system does: its events leave a seen ticket seen.
  v_system text := case when p_actor ->> 'kind' = 'system' then p_actor ->> 'name' end;
  v_people uuid[];
  v_data jsonb;
  v_ticket uuid;
  v_staff_only boolean;
  v_person uuid;
  v_line_people uuid[];
  v_staff_row jsonb;
  v_acts boolean;
  v_left uuid[];
  v_notified jsonb;
  v_notifies integer := 1000;
begin
  if n is null or n not between 1 and 100 then
    raise exception 'append_events: 1 to 100 events, got %', n;
  end if;
  last_tag := right(gen_random_uuid()::text, 12);
  update log set head = head + n, head_tag = last_tag returning head - n into strict last_seq;
  last_at := date_trunc('milliseconds', clock_timestamp());

  for e, n in select value, ordinality from jsonb_array_elements(p_events) with ordinality loop
    last_seq := last_seq + 1;
    v_data := e -> 'data';
    v_ticket := (e ->> 'ticketId')::uuid;
    v_staff_only := e ->> 'audience' = 'staff';
    v_people := array(select jsonb_array_elements_text(e -> 'people'))::uuid[];

    if e ->> 'name' = 'person:changed' then
      -- Under the counter's lock this sees exactly the changes numbered before it.
      v_person := (v_data -> 'person' ->> 'id')::uuid;
      v_people := v_people || v_person || array(select reader_id from acquaintances where person_id = v_person);
      v_data := v_data || jsonb_build_object('assignedActive', coalesce(
        (select active from assigned_counts where person_id = v_person), 0));
    end if;

    v_staff_row := nullif(e -> 'staffTicket', 'null');
    if v_staff_row is not null then
      -- Whoever of the staff did not raise the ticket looks at it by acting.
      v_acts := coalesce(actor_staff and (v_staff_row -> 'creator' ->> 'id')::uuid <> actor, false);
      v_staff_row := v_staff_row || keep_eyes(
        v_ticket, last_seq, last_at, v_acts,
        e ->> 'name' in ('ticket:created', 'ticket:commentAdded') and not v_staff_only and not v_acts,
        v_staff_row ->> 'status' in ('open', 'in_progress', 'waiting'));
    end if;

    if e ->> 'name' = 'notification:changed' then
      v_data := edit_notifications(v_people[1], last_seq, v_data);
    end if;

    v_notified := null;
    if e ? 'notify' and v_notifies > 0 then
      v_notified := notify_people(v_ticket, last_seq, last_at, actor, v_staff_only, e -> 'notify', v_notifies);
      v_notifies := v_notifies - (select count(*) from jsonb_object_keys(v_notified));
    end if;

    insert into events (
      seq, tag, at, name, ticket_id, audience, people, actor, command_id, data, ticket, staff_ticket, notified)
    values (
      last_seq,
      case when n = jsonb_array_length(p_events) then last_tag else right(gen_random_uuid()::text, 12) end,
      last_at, e ->> 'name', v_ticket, (e ->> 'audience')::audience, v_people, p_actor, p_command, v_data,
      nullif(e -> 'ticket', 'null'), v_staff_row, v_notified
    );

    v_line_people := array(select jsonb_array_elements_text(e -> 'timeline' -> 'people'))::uuid[];
    if e ? 'timeline' then
      insert into timeline (seq, ticket_id, at, actor_id, system, kind, staff_only, comment_id, data, people)
      values (
        last_seq, v_ticket, last_at, actor, v_system, e -> 'timeline' ->> 'kind', v_staff_only,
        (e -> 'timeline' ->> 'commentId')::uuid,
        coalesce(e -> 'timeline' -> 'data', '{}'), v_line_people
      );
    end if;

    -- The caller holds the ticket's lock, and only the holder of the counter writes acquaintances, assigned_counts, seen,
    -- ticket_eyes, notifications and inboxes, so no statement here waits for anyone.
    -- Who may not see a ticket any more has no notification of it.
    v_left := array(select jsonb_array_elements_text(e -> 'left'))::uuid[];
    if v_left <> '{}' then
      delete from notifications n using people p
      where p.id = n.person_id and n.person_id = any(v_left)
        and (v_ticket is null or n.ticket_id = v_ticket and p.role = 'sales');
    end if;

    if e ? 'staffTicket' then
      if not v_staff_only then
        perform keep_acquaintances(
          v_ticket, v_line_people || array(select jsonb_array_elements_text(e -> 'mentioned'))::uuid[] || actor,
          array(select jsonb_array_elements_text(e -> 'joined'))::uuid[],
          v_left);
      end if;
      perform keep_assigned_counts(active_assignee(v_data -> 'before'), active_assignee(e -> 'staffTicket'));

      -- Acting on a ticket one had seen keeps it seen.
      insert into seen (person_id, ticket_id, seq, at, looked, looked_at)
        select actor, v_ticket,
          case when keeps then last_seq else coalesce(s.seq, 0) end, case when keeps then last_at else s.at end,
          case when v_acts then last_seq else s.looked end, case when v_acts then last_at else s.looked_at end
        from tickets t
        left join seen s on s.person_id = actor and s.ticket_id = t.id
        cross join lateral (
          select coalesce(s.seq, 0) >= case when actor_staff then coalesce(t.staff_news_version, t.staff_version)
            else coalesce(t.news_version, t.version) end as keeps
        ) as present
        where t.id = v_ticket and actor is not null and (keeps or v_acts)
      on conflict (person_id, ticket_id) do update set
        seq = excluded.seq, at = excluded.at, looked = excluded.looked, looked_at = excluded.looked_at;

      update tickets set
        staff_version = last_seq,
        staff_news_version = case when v_system is not null then coalesce(staff_news_version, staff_version) end,
        staff_updated_at = last_at,
        version = case when v_staff_only then version else last_seq end,
        news_version = case
          when v_staff_only then news_version
          when v_system is not null then coalesce(news_version, version)
        end,
        updated_at = case when v_staff_only then updated_at else last_at end
      where id = v_ticket;
    end if;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.audit_horizon()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select now() - interval '400 days'
$function$;

CREATE OR REPLACE FUNCTION public.begin_change(p_actor text, p_person uuid, p_session uuid, p_key uuid, p_fingerprint text, p_changes_people boolean, OUT used text, OUT result jsonb, OUT name text, OUT role role)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
begin
  insert into idempotency_keys (actor, key, fingerprint)
  values (p_actor, p_key, p_fingerprint) on conflict do nothing;
  if not found then
    select k.fingerprint, k.result into strict used, result
    from idempotency_keys k where k.actor = p_actor and k.key = p_key;
    return;
  end if;
  perform lock_people(not p_changes_people);
  -- Shared, so that a role change or deactivation waits for what this person is doing, or this waits and is refused.
  select p.name, p.role into name, role from people p join sessions s on s.person_id = p.id
  where p.id = p_person and s.id = p_session and p.active
  for share of p;
end $function$;

CREATE OR REPLACE FUNCTION public.choose_color()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  select place into new.color
  from generate_series(0, 23) place left join people p on p.color = place and p.active
  group by place
  order by case when new.role <> 'sales' then count(p.id) filter (where p.role <> 'sales') end, count(p.id), place
  limit 1;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.count_storage()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into storage_use as use values (new.uploader_id, new.size, 1)
    on conflict (person_id) do update set bytes = use.bytes + new.size, files = use.files + 1;
  else
    update storage_use set bytes = bytes - old.size, files = files - 1 where person_id = old.uploader_id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.edit_notifications(p_person uuid, p_seq bigint, p_edit jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  v_ticket uuid := (p_edit ->> 'ticketId')::uuid;
  v_was bigint;
  v_up_to bigint := case when p_edit ? 'doneUpTo' then least((p_edit ->> 'doneUpTo')::bigint, p_seq - 1) end;
begin
  if v_ticket is null then
    select done_up_to into v_was from inboxes where person_id = p_person;
    insert into inboxes values (p_person, v_up_to) on conflict (person_id) do update set done_up_to = excluded.done_up_to;
    return jsonb_build_object('doneUpTo', v_up_to, 'was', coalesce(v_was, 0));
  end if;

  update notifications set
    done_up_to = coalesce(v_up_to, done_up_to),
    muted = coalesce((p_edit ->> 'muted')::boolean, muted),
    snoozed_until = case when p_edit ? 'snoozedUntil' then (p_edit ->> 'snoozedUntil')::timestamptz else snoozed_until end,
    unread = case p_edit ->> 'unread' when 'true' then with_unread(unread, p_seq) when 'false' then '{}' else unread end,
    seq = case when p_edit ->> 'unread' = 'true' then p_seq else seq end
  where person_id = p_person and ticket_id = v_ticket;
  return (
    select jsonb_build_object('ticketId', v_ticket, 'notification', notification) from inbox
    where person_id = p_person and ticket_id = v_ticket);
end $function$;

CREATE OR REPLACE FUNCTION public.keep_acquaintances(p_ticket uuid, p_shown uuid[], p_joined uuid[], p_left uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  -- Most events show nobody new: nothing is written then.
  if p_joined = '{}' and p_left = '{}' and array_remove(p_shown, null) <@ array(
    select person_id from ticket_people where ticket_id = p_ticket and person_id = any(p_shown)
  ) then
    return;
  end if;

  if p_joined <> '{}' then
    insert into acquaintances as known
    select shown.person_id, joined, 1 from ticket_people shown, unnest(p_joined) joined
    where shown.ticket_id = p_ticket and shown.person_id <> joined
    on conflict (person_id, reader_id) do update set tickets = known.tickets + 1;
  end if;

  if p_left <> '{}' then
    delete from acquaintances known using ticket_people shown
    where shown.ticket_id = p_ticket and known.person_id = shown.person_id and known.reader_id = any(p_left)
      and known.tickets = 1;
    update acquaintances known set tickets = known.tickets - 1 from ticket_people shown
    where shown.ticket_id = p_ticket and known.person_id = shown.person_id and known.reader_id = any(p_left);
  end if;

  with shown as (
    insert into ticket_people select distinct p_ticket, person from unnest(p_shown) person where person is not null
    on conflict do nothing returning person_id
  )
  insert into acquaintances as known
  select shown.person_id, reader.person_id, 1
  from shown, (select distinct person_id from ticket_readers where ticket_id = p_ticket) reader
  where shown.person_id <> reader.person_id
  on conflict (person_id, reader_id) do update set tickets = known.tickets + 1;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_assigned_counts(p_before uuid, p_after uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if p_before is not distinct from p_after then
    return;
  end if;
  update assigned_counts set active = active - 1 where person_id = p_before;
  if p_after is not null then
    insert into assigned_counts as kept values (p_after, 1)
    on conflict (person_id) do update set active = kept.active + 1;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_audit_entries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and old.at < audit_horizon() then
    return old;
  end if;
  raise exception 'audit entries are only added' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.keep_audit_texts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and (
    exists (select from comments where id = old.comment_id and deleted_at is not null)
    -- it went before its text does
    or not exists (select from audit_entries where id = old.entry_id)
  ) then
    return old;
  end if;
  raise exception 'the text of an audit entry goes only with its comment' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.keep_eyes(p_ticket uuid, p_seq bigint, p_at timestamp with time zone, p_acts boolean, p_asks boolean, p_active boolean)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  v_before boolean;
  v_after boolean;
begin
  select looked or not active into v_before from ticket_eyes where ticket_id = p_ticket;
  insert into ticket_eyes as kept (ticket_id, active, asked, asked_at, looked, number, pressing)
  select p_ticket, p_active, p_seq, p_at, not p_asks, t.number, pressing(t.priority) from tickets t where t.id = p_ticket
  on conflict (ticket_id) do update set
    active = p_active,
    asked = case when p_asks then p_seq else kept.asked end,
    asked_at = case when p_asks then p_at else kept.asked_at end,
    looked = not p_asks and (kept.looked or p_acts),
    looked_at = case when p_asks then null when p_acts and not kept.looked then p_at else kept.looked_at end,
    pressing = excluded.pressing
  where p_asks or p_acts and not kept.looked or kept.active <> p_active or kept.pressing <> excluded.pressing;
  select looked or not active into strict v_after from ticket_eyes where ticket_id = p_ticket;
  return jsonb_build_object('looked', v_after, 'wasLooked', coalesce(v_before, true));
end $function$;

CREATE OR REPLACE FUNCTION public.keep_ticket_text()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into ticket_texts values (new.id, searchable(new.title || ' ' || new.description))
  on conflict (ticket_id) do update set search = excluded.search;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.lock_people(p_shared boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if p_shared then
    perform pg_advisory_xact_lock_shared(hashtext('deskbell people'));
  else
    perform pg_advisory_xact_lock(hashtext('deskbell people'));
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.lost_characters(old text, new text)
 RETURNS integer
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.mark_seen(p_looks jsonb)
 RETURNS TABLE(place integer, refusal text, moved boolean)
 LANGUAGE plpgsql
AS $function$
declare
  look record;
  v_seq bigint;
  v_tag text;
  v_at timestamptz;
  v_before bigint;
  v_is_news boolean;
  v_reads boolean;
begin
  select head into strict v_seq from log for no key update;
  v_at := date_trunc('milliseconds', clock_timestamp());

  for look in
    select l.place, l.person, l.ticket, l.command, p.id is not null as may_act, t.id is not null as may_read,
      -- Who has seen the last news has seen the ticket.
      case when l.seq >= at.news then greatest(at.version, n.seq) else l.seq end as seq,
      p.role <> 'sales' and t.creator_id <> p.id as counts,
      jsonb_build_object('id', p.id, 'name', p.name, 'staff', p.role <> 'sales', 'active', p.active, 'color', p.color) as ref
    from jsonb_to_recordset(p_looks)
      as l (place integer, person uuid, session uuid, ticket uuid, seq bigint, command uuid)
    left join sessions s on s.id = l.session and s.person_id = l.person
    left join people p on p.id = s.person_id and p.active
    left join tickets t on t.id = l.ticket and (p.role <> 'sales' or exists (
      select from ticket_readers r where r.ticket_id = t.id and r.person_id = p.id))
    left join lateral (
      select case when p.role = 'sales' then t.version else t.staff_version end as version,
        case when p.role = 'sales' then coalesce(t.news_version, t.version)
          else coalesce(t.staff_news_version, t.staff_version) end as news
    ) at on true
    left join notifications n on n.person_id = p.id and n.ticket_id = t.id
    order by l.place
  loop
    place := look.place;
    refusal := case when not look.may_act then 'session.none' when not look.may_read then 'not.found' end;
    moved := false;
    v_reads := false;
    if refusal is null then
      select s.seq into v_before from seen s where s.person_id = look.person and s.ticket_id = look.ticket;
      moved := v_before is null or v_before < look.seq;
      insert into seen as old (person_id, ticket_id, seq, at, looked, looked_at)
      values (
        look.person, look.ticket, look.seq, v_at,
        case when look.counts then look.seq end, case when look.counts then v_at end)
      on conflict (person_id, ticket_id) do update set
        seq = greatest(old.seq, excluded.seq),
        at = case when old.seq < excluded.seq then excluded.at else old.at end,
        looked = greatest(old.looked, excluded.looked),
        looked_at = case when coalesce(old.looked, -1) < excluded.looked then excluded.looked_at else old.looked_at end
      where old.seq < excluded.seq or coalesce(old.looked, -1) < excluded.looked;
    end if;
    if refusal is null then
      update notifications set unread = array(select u from unnest(unread) u where u > look.seq order by u desc)
      where person_id = look.person and ticket_id = look.ticket and look.seq >= unread[cardinality(unread)];
      v_reads := found;
    end if;
    if moved then
      v_seq := v_seq + 1;
      v_tag := right(gen_random_uuid()::text, 12);
      insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data)
      values (v_seq, v_tag, v_at, 'ticket:seen', look.ticket, 'people', array[look.person],
        jsonb_build_object('kind', 'person', 'person', look.ref), look.command,
        jsonb_build_object('ticketId', look.ticket, 'seen', look.seq));
    elsif v_reads then
      -- The person had marked it as unread after seeing it.
      moved := true;
      v_seq := v_seq + 1;
      v_tag := right(gen_random_uuid()::text, 12);
      insert into events (seq, tag, at, name, ticket_id, audience, people, actor, command_id, data)
      select v_seq, v_tag, v_at, 'notification:changed', look.ticket, 'people', array[look.person],
        jsonb_build_object('kind', 'person', 'person', look.ref), look.command,
        jsonb_build_object('ticketId', look.ticket, 'notification', notification)
      from inbox where person_id = look.person and ticket_id = look.ticket;
    end if;
    if refusal is null and look.counts then
      -- The first of the staff who looks. Nobody learns who it was.
      update ticket_eyes e set looked = true, looked_at = v_at
      where e.ticket_id = look.ticket and not e.looked and e.asked <= look.seq
      returning e.active into v_is_news;
      if found and v_is_news then
        moved := true;
        v_seq := v_seq + 1;
        v_tag := right(gen_random_uuid()::text, 12);
        insert into events (seq, tag, at, name, ticket_id, audience, people, data)
        values (v_seq, v_tag, v_at, 'ticket:looked', look.ticket, 'staff',
          array(select distinct r.person_id from ticket_readers r where r.ticket_id = look.ticket),
          jsonb_build_object('ticketId', look.ticket, 'eyes', 1));
      end if;
    end if;
    return next;
  end loop;
  if v_tag is not null then
    update log set head = v_seq, head_tag = v_tag;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.name_key(text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN btrim(regexp_replace(lower(regexp_replace(NORMALIZE($1, NFKD), '[\u00ad\u0300-\u036f\u061c\u1160\u115f\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]'::text, ''::text, 'g'::text)), '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+'::text, ' '::text, 'g'::text));

CREATE OR REPLACE FUNCTION public.notify_people(p_ticket uuid, p_seq bigint, p_at timestamp with time zone, p_actor uuid, p_staff_only boolean, p_concerns jsonb, p_most integer)
 RETURNS jsonb
 LANGUAGE sql
AS $function$
  with concern as materialized (
    select * from jsonb_to_recordset(p_concerns) as c (person uuid, staff boolean, reason notification_reason)
  ), concerned as materialized (
    select p.id, min(c.reason) as reason, n.snoozed_until is not null as was_snoozed
    from (
      select person, reason from concern where person is not null
      union all
      select p.id, reason from concern join people p on p.role <> 'sales' where concern.staff
    ) c
    join people p on p.id = c.person
    left join notifications n on n.person_id = p.id and n.ticket_id = p_ticket
    where p.active and p.id is distinct from p_actor and (p.role <> 'sales' or not p_staff_only and exists (
      select from ticket_readers r where r.ticket_id = p_ticket and r.person_id = p.id))
    group by p.id, n.snoozed_until, n.muted
    having n.muted is not true
    order by min(c.reason), p.id
    limit p_most
  ), written as (
    insert into notifications as old (person_id, ticket_id, reason, at, reasons, seq, unread)
    select id, p_ticket, reason, p_at, jsonb_build_object(reason, p_seq), p_seq, array[p_seq] from concerned
    on conflict (person_id, ticket_id) do update set
      reason = excluded.reason,
      at = excluded.at,
      -- With what is done, which the view leaves out: it can be taken back.
      reasons = old.reasons || excluded.reasons,
      seq = excluded.seq,
      unread = with_unread(old.unread, p_seq),
      snoozed_until = case when excluded.reason not in ('mentioned', 'assigned', 'urgent') then old.snoozed_until end
    returning person_id, snoozed_until is not null as is_snoozed
  )
  select jsonb_object_agg(c.id, jsonb_build_object('reason', c.reason)
    || case when w.is_snoozed then '{"snooze": "on"}' when c.was_snoozed then '{"snooze": "ended"}' else '{}'::jsonb end)
  from concerned c join written w on w.person_id = c.id
$function$;

CREATE OR REPLACE FUNCTION public.pressing(priority)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select (array_position(array['urgent', 'high', 'medium', 'low']::priority[], $1) - 1)::smallint
$function$;

CREATE OR REPLACE FUNCTION public.refuse_truncate()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'audit entries are only added' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.searchable(text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN to_tsvector('simple'::regconfig, NORMALIZE(regexp_replace(without_person_ids($1), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed\u02ef-\u02ff\u0375\u037e\u0384-\u0385\u0387\u03f6\u0482\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd-\u06de\u06e9\u06fd-\u06fe\u0700-\u070f\u07f6-\u07f9\u07fe-\u07ff\u0830-\u083e\u085e\u0888\u0890-\u0891\u08e2\u0964-\u0965\u0970\u09f2-\u09f3\u09fa-\u09fb\u09fd\u0a76\u0af0-\u0af1\u0b70\u0bf3-\u0bfa\u0c77\u0c7f\u0c84\u0d4f\u0d79\u0df4\u0e3f\u0e4f\u0e5a-\u0e5b\u0f01-\u0f17\u0f1a-\u0f1f\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbe-\u0fc5\u0fc7-\u0fda\u104a-\u104f\u109e-\u109f\u10fb\u1360-\u1368\u1390-\u1399\u1400\u166d-\u166e\u1680\u169b-\u169c\u16eb-\u16ed\u1735-\u1736\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u180e\u1940-\u1945\u19de-\u19ff\u1a1e-\u1a1f\u1aa0-\u1aa6\u1aa8-\u1aad\u1b4e-\u1b4f\u1b5a-\u1b6a\u1b74-\u1b7f\u1bfc-\u1bff\u1c3b-\u1c3f\u1c7e-\u1c7f\u1cc0-\u1cc7\u1cd3\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20c1\u2100-\u2101\u2103-\u2106\u2108-\u2109\u2114\u2116-\u2118\u211e-\u2123\u2125\u2127\u2129\u212e\u213a-\u213b\u2140-\u2144\u214a-\u214d\u214f\u218a-\u244a\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u2ce5-\u2cea\u2cf9-\u2cfc\u2cfe-\u2cff\u2d70\u2e00-\u2e2e\u2e30-\u3004\u3008-\u3020\u3030\u3036-\u3037\u303d-\u303f\u309b-\u309c\u30a0\u30fb\u3190-\u3191\u3196-\u319f\u31c0-\u31ef\u3200-\u321e\u322a-\u3247\u3250\u3260-\u327f\u328a-\u32b0\u32c0-\u33ff\u4dc0-\u4dff\ua490-\ua4c6\ua4fe-\ua4ff\ua60d-\ua60f\ua673\ua67e\ua6f2-\ua716\ua720-\ua721\ua789-\ua78a\ua828-\ua82b\ua836-\ua839\ua874-\ua877\ua8ce-\ua8cf\ua8f8-\ua8fa\ua8fc\ua92e-\ua92f\ua95f\ua9c1-\ua9cd\ua9de-\ua9df\uaa5c-\uaa5f\uaa77-\uaa79\uaade-\uaadf\uaaf0-\uaaf1\uab5b\uab6a-\uab6b\uabeb\ufb29\ufbb2-\ufbd2\ufd3e-\ufd4f\ufd90-\ufd91\ufdc8-\ufdcf\ufdfc-\ufdff\ufe0e-\ufe19\ufe30-\ufe6b\ufeff-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\ufffd\U0001f000-\U0001faff]+'::text, ' '::text, 'g'::text), NFC));

CREATE OR REPLACE FUNCTION public.with_unread(p_unread bigint[], p_seq bigint)
 RETURNS bigint[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select array(select u from unnest(p_seq || p_unread) u order by u desc limit 100)
$function$;

CREATE OR REPLACE FUNCTION public.without_person_ids(text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace($1, '\]\(person:[0-9a-f-]{36}\)'::text, ' '::text, 'gi'::text);

CREATE TRIGGER count_storage AFTER INSERT OR DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION count_storage();

CREATE TRIGGER keep_audit_entries BEFORE DELETE OR UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION keep_audit_entries();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

CREATE TRIGGER keep_audit_texts BEFORE DELETE OR UPDATE ON audit_texts FOR EACH ROW EXECUTE FUNCTION keep_audit_texts();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_texts FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

CREATE TRIGGER choose_color BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION choose_color();

CREATE TRIGGER keep_ticket_text AFTER INSERT OR UPDATE OF title, description ON tickets FOR EACH ROW EXECUTE FUNCTION keep_ticket_text();
