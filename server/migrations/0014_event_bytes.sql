-- What an event takes on its way and in memory, so that a read of the log can take so many bytes and no more.
alter table events add column bytes integer not null generated always as (
  octet_length(data::text) + coalesce(octet_length(ticket::text), 0) + coalesce(octet_length(staff_ticket::text), 0)
  + 40 * cardinality(people)
) stored;
