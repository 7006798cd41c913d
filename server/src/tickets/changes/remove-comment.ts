import { sql } from 'kysely'
import type { Comment } from '@deskbell/contract'
import type { RecordAudit } from '../../audit/record-audit.ts'
import { now } from '../../database/now.ts'
import type { Tx } from '../../database/types.ts'
import type { NewEvent } from '../../log/append-events.ts'
import { actingPerson } from '../../access/actor.ts'
import type { PersonActor } from '../../access/actor.ts'
import { attachmentDeletedEvent } from './attachment-deleted-event.ts'
import { attachmentRows, countFiles } from '../reads/attachment-rows.ts'
import { commentById, countComments, lastCommentAuthor } from '../reads/comment-rows.ts'
import { saveTicket } from './save-ticket.ts'
import type { Ticket } from '../ticket.ts'
import { ticketEvent } from './ticket-event.ts'

interface Removal {
  /** Files whose contents the caller removes after the commit. */
  fileIds: string[]
  events: NewEvent[]
}

/**
 * Removes a comment's files, and its text from the ticket, the search, the log and the audit log. Its line in the
 * history stays.
 */
export async function removeComment(
  tx: Tx,
  record: RecordAudit,
  actor: PersonActor,
  ticket: Ticket,
  comment: Comment,
): Promise<Removal> {
  const { id, internal, author } = comment
  await tx.updateTable('comments').set({ body: '', deleted_at: now }).where('id', '=', id).execute()
  const files = await attachmentRows(tx).where('f.comment_id', '=', id).orderBy('f.id').execute()
  await tx.deleteFrom('attachments').where('comment_id', '=', id).execute()
  await scrubLog(tx, id)
  await tx.deleteFrom('audit_texts').where('comment_id', '=', id).execute()
  if (author.id !== actor.id) {
    await record({
      kind: 'comment.removed',
      subjectId: author.id,
      ticketId: ticket.id,
      commentId: id,
      details: { writtenAt: comment.createdAt, length: comment.body.length, files: files.length },
    })
  }
  const uncounted = {
    ...countComments(ticket, internal, -1),
    ...(!internal && { lastAuthor: (await lastCommentAuthor(tx, ticket.id)) ?? ticket.creator }),
  }
  await saveTicket(tx, ticket, countFiles(uncounted, internal, -files.length))

  const removed = await commentById(tx, id)
  if (removed === undefined) throw new Error('a comment of a locked ticket stays')
  const events: NewEvent[] = [
    ticketEvent('ticket:commentDeleted', ticket, uncounted, { comment: removed }, { internal }),
    ...files.map((file, index) => {
      const before = countFiles(uncounted, internal, -index)
      return attachmentDeletedEvent(
        before,
        countFiles(before, internal, -1),
        file,
        actingPerson(actor),
      )
    }),
  ]
  return { fileIds: files.map((file) => file.id), events }
}

/** Removes the text from the log: a replay must not show it. */
async function scrubLog(tx: Tx, commentId: string): Promise<void> {
  await sql`
    update events set data = jsonb_set(data, '{comment,body}', '""')
    where data -> 'comment' ->> 'id' = ${commentId}
  `.execute(tx)
}
