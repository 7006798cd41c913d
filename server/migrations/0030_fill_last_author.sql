-- Apart from the column, whose lock also stops reads: this takes a while on a large desk.
with last as (
  select distinct on (l.ticket_id) l.ticket_id, c.author_id
  from timeline l join comments c on c.id = l.comment_id
  where l.kind = 'comment' and not l.staff_only and c.deleted_at is null
  order by l.ticket_id, l.seq desc
)
update tickets set last_author_id = last.author_id from last
where tickets.id = last.ticket_id and tickets.creator_id <> last.author_id;

-- A client that resumes from before has the same rows as one that reads them now.
with last as (
  select seq, jsonb_build_object('lastAuthor', coalesce((
    select jsonb_build_object('id', p.id, 'name', p.name, 'staff', p.role <> 'sales', 'active', p.active)
    from timeline l join comments c on c.id = l.comment_id join people p on p.id = c.author_id
    where l.ticket_id = e.ticket_id and l.seq <= e.seq and l.kind = 'comment' and not l.staff_only and c.deleted_at is null
    order by l.seq desc limit 1
  ), staff_ticket -> 'creator')) as entry
  from events e where staff_ticket is not null
)
update events set ticket = ticket || last.entry, staff_ticket = staff_ticket || last.entry
from last where events.seq = last.seq;
