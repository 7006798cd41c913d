-- A requester may have raised many tickets. Their lists read them in the order of the sort, and the counters need no other column.
drop index tickets_creator;
create index tickets_creator_updated on tickets (creator_id desc, updated_at desc, number desc);
create index tickets_creator_created on tickets (creator_id desc, created_at desc, number desc);
create index tickets_creator_priority on tickets (creator_id desc, priority desc, number desc) include (status, assignee_id);
