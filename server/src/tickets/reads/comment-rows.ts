import { sql } from 'kysely'
import type { Comment, PersonRef } from '@deskbell/contract'
import { isStaff } from '@deskbell/contract'
import { iso } from '../../database/iso.ts'
import type { Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { PersonActor } from '../../access/actor.ts'
import { lockTicket, refOf } from '../changes/lock-ticket.ts'
import type { LockedTicket } from '../changes/lock-ticket.ts'
import type { Ticket } from '../ticket.ts'

export interface LockedComment extends LockedTicket {
  comment: Comment
}

/** Locks the ticket of a comment and returns both. For requesters an internal note does not exist. */
export async function lockComment(tx: Tx, actor: PersonActor, id: string): Promise<LockedComment> {
  const found = await tx
    .selectFrom('comments')
    .select('ticket_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw new DeskError('not.found')
  const locked = await lockTicket(tx, actor, found.ticket_id)
  const comment = await commentById(tx, id)
  if (comment === undefined || (comment.internal && !isStaff(actor.role)))
    throw new DeskError('not.found')
  return { ...locked, comment }
}

/** SQL for the person who corrected a comment, if that was not its author. */
function editorOf(comment: string) {
  return sql<PersonRef | null>`(
    select ${refOf('editor')} from people editor where editor.id = ${sql.ref(`${comment}.edited_by`)})`
}

/** SQL for a comment as JSON: the contract's Comment. */
export function commentOf(comment: string, author: string) {
  const column = (name: string) => sql.ref(`${comment}.${name}`)
  return sql<Comment>`json_build_object(
    'id', ${column('id')}, 'author', ${refOf(author)}, 'body', ${column('body')}, 'internal', ${column('internal')},
    'createdAt', ${iso(`${comment}.created_at`)}, 'editedAt', ${iso(`${comment}.edited_at`)},
    'editedBy', ${editorOf(comment)},
    'deletedAt', ${iso(`${comment}.deleted_at`)})`
}

export function commentById(tx: Tx, id: string): Promise<Comment | undefined> {
  return tx
    .selectFrom('comments as c')
    .innerJoin('people as p', 'p.id', 'c.author_id')
    .select([
      'c.id',
      refOf('p').as('author'),
      'c.body',
      'c.internal',
      'c.created_at as createdAt',
      'c.edited_at as editedAt',
      editorOf('c').as('editedBy'),
      'c.deleted_at as deletedAt',
    ])
    .where('c.id', '=', id)
    .executeTakeFirst()
}

/** Who wrote the last public comment of a ticket that is not removed. */
export async function lastCommentAuthor(tx: Tx, ticketId: string): Promise<PersonRef | undefined> {
  const last = await tx
    .selectFrom('timeline as l')
    .innerJoin('comments as c', 'c.id', 'l.comment_id')
    .innerJoin('people as p', 'p.id', 'c.author_id')
    .select(refOf('p').as('author'))
    .where('l.ticket_id', '=', ticketId)
    .where('l.staff_only', '=', false)
    .where('l.kind', '=', 'comment')
    .where('c.deleted_at', 'is', null)
    .orderBy('l.seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.author
}

/** Whether a text is empty. A comment without text needs a file. */
export function isBlank(body: string): boolean {
  return body.trim() === ''
}

/** Whether the comment has files, other than `exceptId`. */
export async function hasFiles(tx: Tx, commentId: string, exceptId?: string): Promise<boolean> {
  const file = await tx
    .selectFrom('attachments')
    .select('id')
    .where('comment_id', '=', commentId)
    .$if(exceptId !== undefined, (query) => query.where('id', '!=', exceptId ?? ''))
    .limit(1)
    .executeTakeFirst()
  return file !== undefined
}

/** The ticket with `by` more comments, which everyone on it sees or only staff see. */
export function countComments(ticket: Ticket, internal: boolean, by: number): Ticket {
  return {
    ...ticket,
    commentCount: ticket.commentCount + (internal ? 0 : by),
    staffCommentCount: ticket.staffCommentCount + by,
  }
}
