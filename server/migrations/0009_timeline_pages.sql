-- A page of a history costs what is on the page, also for people who see a few lines among many internal ones.
create index timeline_public on timeline (ticket_id, seq) where not staff_only;

-- A page brings the files of its comments; all files of a ticket are read in pages, too.
create index attachments_comment on attachments (comment_id) where comment_id is not null;
drop index attachments_ticket;
create index attachments_ticket on attachments (ticket_id, id);
