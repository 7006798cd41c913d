-- Whether a ticket has or had the tag, or another tag was merged into it. Only a tag that was never used can be deleted:
-- the id of any other is in histories.
alter table tags add column used boolean not null default false;

update tags set used = true
where id in (select tag_id from ticket_tags)
  or id in (select merged_into from tags)
  or id::text in (
    select jsonb_array_elements_text(data -> 'changes' -> 'tags' -> 'added')
    from timeline where kind = 'updated' and data -> 'changes' ? 'tags');

update events set data = jsonb_set(data, '{tag,used}', to_jsonb(tags.used))
from tags where events.name = 'tag:changed' and tags.id = (events.data -> 'tag' ->> 'id')::uuid;
