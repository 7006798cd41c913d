-- The settings of the whole desk, as far as a super admin has set them.
create table desk_settings (
  singleton boolean primary key default true check (singleton),
  settings jsonb not null default '{}' check (octet_length(settings::text) <= 65536)
);
insert into desk_settings default values;

-- The system closes resolved tickets, the longest untouched first, and counts what it did in the last minute.
create index tickets_resolved on tickets (updated_at) where status = 'resolved';
create index timeline_system on timeline (at) where system is not null;
