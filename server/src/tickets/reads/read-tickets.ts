import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isStaff } from '@deskbell/contract'
import type { Counters, PersonRef, Position, Reader, Role, TicketItem } from '@deskbell/contract'
import { statement } from '../../database/statement.ts'
import { ticketsVisibleTo, visibleTo } from '../../access/readers.ts'
import type { Tickets } from '../../access/readers.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { logPosition, positionColumns } from '../../log/log-position.ts'
import { lastAuthorOf, refOf } from '../changes/lock-ticket.ts'
import { rowColumns } from '../field-columns.ts'
import { unassigned, unlooked } from './ticket-filter.ts'

/** Tickets `t` as list rows, as this reader sees them. Without `tickets`, the caller checks that the reader may. */
export function itemRows(db: Db | Tx, reader: Reader, tickets: Tickets = sql`tickets`) {
  const staff = isStaff(reader.role)
  return db
    .selectFrom(tickets.as('t'))
    .innerJoin('people as c', 'c.id', 't.creator_id')
    .leftJoin('people as a', 'a.id', 't.assignee_id')
    .leftJoin('people as l', 'l.id', 't.last_author_id')
    .leftJoin('seen as s', (join) =>
      join.onRef('s.ticket_id', '=', 't.id').on('s.person_id', '=', reader.id),
    )
    .select([
      't.id',
      't.number',
      ...rowColumns,
      refOf('c').as('creator'),
      lastAuthorOf('l', 'c').as('lastAuthor'),
      sql<PersonRef | null>`case when a.id is not null then ${refOf('a')} end`.as('assignee'),
      tagIds(staff).as('tags'),
      't.created_at as createdAt',
    ])
    .select(
      staff
        ? [
            't.staff_comment_count as commentCount',
            't.staff_attachment_count as attachmentCount',
            't.staff_updated_at as updatedAt',
            't.staff_version as version',
            seenAt('t.staff_version', 't.staff_news_version').as('seen'),
          ]
        : [
            't.comment_count as commentCount',
            't.attachment_count as attachmentCount',
            't.updated_at as updatedAt',
            't.version',
            seenAt('t.version', 't.news_version').as('seen'),
          ],
    )
    .$if(staff, (query) => query.select(looked.as('looked')))
}

/** Whether somebody of the staff has looked, or need not. */
const looked = sql<boolean>`not exists (
  select from ticket_eyes e where e.ticket_id = t.id and e.active and not e.looked)`

/** How far a person has seen a ticket: all of it, once they have seen the last news. */
function seenAt(version: string, news: string) {
  const whole = sql`greatest(s.seq, ${sql.ref(version)})`
  return sql<number>`case when s.seq >= coalesce(${sql.ref(news)}, ${sql.ref(version)}) then ${whole}
    else coalesce(s.seq, 0) end`
}

/** Whether ticket `t`, as `itemRows` has it, has news that the reader has not seen. */
export function isUnseen({ role }: Reader): RawBuilder<boolean> {
  return isStaff(role)
    ? sql`coalesce(s.seq, 0) < coalesce(t.staff_news_version, t.staff_version)`
    : sql`coalesce(s.seq, 0) < coalesce(t.news_version, t.version)`
}

/** SQL for the ids of the tags of ticket `t` that a reader may see. */
function tagIds(staff: boolean) {
  return staff
    ? sql<string[]>`array(select x.tag_id from ticket_tags x where x.ticket_id = t.id order by 1)`
    : sql<string[]>`array(
        select g.id from ticket_tags x join tags g on g.id = x.tag_id
        where x.ticket_id = t.id and not g.internal order by 1)`
}

/** Reads one ticket as a list row, with its position. */
export async function ticketItem(
  db: Db | Tx,
  reader: Reader,
  id: string,
): Promise<{ ticket: TicketItem } & Position> {
  const [row] = await itemById(db, { id, readerId: reader.id }, reader.role)
  if (row === undefined) throw new DeskError('not.found')
  const { log_seq: seq, log_tag: tag, ...ticket } = row
  return { ticket, seq, tag }
}

/** Reads one ticket as a list row. Null: the reader may no longer see it. */
export async function ticketItemIfVisible(
  db: Db,
  reader: Reader,
  id: string,
): Promise<{ ticket: TicketItem | null } & Position> {
  try {
    return await ticketItem(db, reader, id)
  } catch (thrown) {
    if (!(thrown instanceof DeskError) || thrown.code !== 'not.found') throw thrown
    return { ticket: null, ...(await logPosition(db)) }
  }
}

const itemById = statement((db, params: { id: string; readerId: string }, role: Role) => {
  const reader = { id: params.readerId, role }
  return itemRows(db, reader)
    .select(positionColumns)
    .where('t.id', '=', params.id)
    .where(visibleTo(reader))
})

/** Counts the tickets of each view. */
export async function countTickets(
  db: Db,
  reader: Reader,
): Promise<{ counters: Counters } & Position> {
  const { log_seq, log_tag, ...counters } = await db
    .selectFrom(ticketsVisibleTo(reader).as('t'))
    .select(positionColumns)
    .select([
      sql<number>`count(*) filter (where ${active} and t.assignee_id = ${reader.id})`.as(
        'assigned',
      ),
      sql<number>`count(*) filter (where ${active} and ${unassigned})`.as('unassigned'),
      sql<number>`${isStaff(reader.role) ? sql`(select count(*) from (${unlooked}) u)` : sql`0`}`.as(
        'unseenByStaff',
      ),
      sql<number>`count(*) filter (where ${active} and t.creator_id = ${reader.id})`.as('created'),
      sql<number>`count(*) filter (where ${active} and t.priority = 'urgent')`.as('urgent'),
      sql<number>`count(*) filter (where ${active})`.as('open'),
      sql<number>`count(*) filter (where not ${active})`.as('closed'),
    ])
    .executeTakeFirstOrThrow()
  return { counters, seq: log_seq, tag: log_tag }
}

const active = sql`(t.status in ('open', 'in_progress', 'waiting'))`
