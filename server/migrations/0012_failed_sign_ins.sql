-- What was tried with somebody's e-mail address and a wrong password, until they dismiss it. One row a person.
create table failed_sign_ins (
  person_id uuid primary key references people,
  attempts integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- null: the caller hung up before it was looked at
  last_address text
);

-- Signs the cookies of browsers that signed in before. Two UUIDs are 244 random bits.
create table device_secret (
  singleton boolean primary key default true check (singleton),
  secret bytea not null
);
insert into device_secret (secret)
  select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
