-- Removing a comment takes its text out of its events, wherever in a long history of the ticket they are.
create index events_comment on events ((data -> 'comment' ->> 'id')) where data -> 'comment' ->> 'id' is not null;
