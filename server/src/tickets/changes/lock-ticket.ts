import { sql } from 'kysely'
import type { PersonRef, Relationship } from '@deskbell/contract'
import { statement } from '../../database/statement.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { Actor } from '../../access/actor.ts'
import { mayReadTicket, readersOf, relationshipOf } from '../../access/readers.ts'
import { otherColumns, rowColumns } from '../field-columns.ts'
import type { Ticket, TicketTag } from '../ticket.ts'

export interface LockedTicket {
  ticket: Ticket
  relationship: Relationship
}

/**
 * Locks a ticket for a change; there is no other way. It throws the same error for a missing ticket and for one that
 * the actor may not see. The system sees every ticket.
 */
export async function lockTicket(tx: Tx, actor: Actor, id: string): Promise<LockedTicket> {
  const [found] = await lockedTicket(tx, { id })
  if (found === undefined) throw new DeskError('not.found')
  const { lockedVersion, ...read } = found
  // After a wait for the lock, the statement still returns the ticket as it was before.
  const [ticket] = read.staffVersion === lockedVersion ? [read] : await ticketById(tx, { id })
  if (ticket === undefined) throw new Error('a locked ticket is not deleted')
  if (actor.kind !== 'person') return { ticket, relationship: { creator: false, watcher: false } }
  if (!mayReadTicket(actor, ticket.readers)) throw new DeskError('not.found')
  return { ticket, relationship: relationshipOf(actor, ticket.readers) }
}

const lockedTicket = statement((db, params: { id: string }) =>
  db
    .with('locked', (cte) =>
      cte
        .selectFrom('tickets')
        .select('staff_version')
        .where('id', '=', params.id)
        .forNoKeyUpdate(),
    )
    .selectFrom('locked')
    .innerJoin(ticketRows(db).where('t.id', '=', params.id).as('ticket'), (join) => join.onTrue())
    .selectAll('ticket')
    .select('locked.staff_version as lockedVersion'),
)

const ticketById = statement((db, params: { id: string }) =>
  ticketRows(db).where('t.id', '=', params.id),
)

/** SQL for a person on a ticket: the contract's PersonRef. */
export function refOf(alias: string) {
  const table = sql.ref(alias)
  return sql<PersonRef>`json_build_object('id', ${table}.id, 'name', ${table}.name, 'staff', ${table}.role <> 'sales', 'active', ${table}.active, 'color', ${table}.color)`
}

/** SQL for the person who wrote a ticket's last public message. `author`: the row of `last_author_id`, if it is set. */
export function lastAuthorOf(author: string, creator: string) {
  return sql<PersonRef>`case when ${sql.ref(`${author}.id`)} is null then ${refOf(creator)} else ${refOf(author)} end`
}

/** SQL for the watchers of a ticket, ordered by id. */
export function watchersOf(ticket: string) {
  return sql<PersonRef[]>`coalesce((
    select json_agg(${refOf('w')} order by w.id)
    from watchers join people w on w.id = watchers.person_id where watchers.ticket_id = ${sql.ref(`${ticket}.id`)}), '[]')`
}

/** Tickets `t` with all their fields, for any reader. */
function ticketRows(db: Db | Tx) {
  return db
    .selectFrom('tickets as t')
    .innerJoin('people as c', 'c.id', 't.creator_id')
    .leftJoin('people as a', 'a.id', 't.assignee_id')
    .leftJoin('people as l', 'l.id', 't.last_author_id')
    .select([
      't.id',
      't.number',
      ...rowColumns,
      ...otherColumns,
      refOf('c').as('creator'),
      lastAuthorOf('l', 'c').as('lastAuthor'),
      sql<PersonRef | null>`case when a.id is not null then ${refOf('a')} end`.as('assignee'),
      readersOf('t').as('readers'),
      watchersOf('t').as('watchers'),
      sql<TicketTag[]>`coalesce((
        select json_agg(json_build_object('id', g.id, 'internal', g.internal) order by g.id)
        from ticket_tags x join tags g on g.id = x.tag_id where x.ticket_id = t.id), '[]')`.as(
        'tags',
      ),
      't.comment_count as commentCount',
      't.staff_comment_count as staffCommentCount',
      't.attachment_count as attachmentCount',
      't.staff_attachment_count as staffAttachmentCount',
      't.created_at as createdAt',
      't.updated_at as updatedAt',
      't.staff_updated_at as staffUpdatedAt',
      't.version',
      't.staff_version as staffVersion',
    ])
}
