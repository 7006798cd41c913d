-- What each person's files take on the disk. Kept by a trigger, so that it cannot differ from the files' rows; its row is
-- locked by whoever adds a file, so that two at once cannot both have the last room.
create table storage_use (
  person_id uuid primary key references people,
  bytes bigint not null,
  files integer not null
) with (fillfactor = 50);
insert into storage_use select uploader_id, sum(size), count(*) from attachments group by uploader_id;

create function count_storage() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into storage_use as use values (new.uploader_id, new.size, 1)
    on conflict (person_id) do update set bytes = use.bytes + new.size, files = use.files + 1;
  else
    update storage_use set bytes = bytes - old.size, files = files - 1 where person_id = old.uploader_id;
  end if;
  return null;
end $$;
create trigger count_storage after insert or delete on attachments
  for each row execute function count_storage();
