-- Whether an e-mail with a link of its own was made for this link, or is this link. Nobody is sent the links of before.
alter table links add column mailed boolean not null default true;
alter table links alter column mailed set default false;
