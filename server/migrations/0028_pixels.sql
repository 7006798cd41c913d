-- The pixels of a picture: pages do not show one that takes too much memory. Those of older files are not known.
alter table attachments add column pixels bigint;
