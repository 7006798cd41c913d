import { isStaff, mayRemoveAttachment } from '@deskbell/contract'
import type { Attachment, Comment } from '@deskbell/contract'
import { readClock } from '../../database/now.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { actingPerson } from '../../access/actor.ts'
import { attachmentDeletedEvent } from './attachment-deleted-event.ts'
import { forgetFile } from '../drafts/forget-file.ts'
import { attachmentRows, countFiles } from '../reads/attachment-rows.ts'
import { commentById, hasFiles, isBlank } from '../reads/comment-rows.ts'
import { lockTicket } from './lock-ticket.ts'
import { removeComment } from './remove-comment.ts'
import { saveTicket } from './save-ticket.ts'

/**
 * Deletes a file's row; the caller removes its content after the commit. A comment left without text and files is
 * removed too.
 */
export function deleteAttachment(
  db: Db,
  request: ChangeRequest,
  id: string,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor, record) => {
    const found = await tx
      .selectFrom('attachments')
      .select(['ticket_id'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (found === undefined) throw new DeskError('not.found')
    const { ticket } = await lockTicket(tx, actor, found.ticket_id)
    const file = await attachmentRows(tx)
      .select('f.draft')
      .where('f.id', '=', id)
      .executeTakeFirst()
    if (file === undefined) throw new DeskError('not.found')
    if (file.draft && file.uploader.id !== actor.id) throw new DeskError('not.found')
    if (file.internal && !isStaff(actor.role)) throw new DeskError('not.found')
    const { draft, ...attachment } = file
    if (!draft) await refuseRemoval(tx, actor, attachment)
    if (attachment.uploader.id !== actor.id) {
      const { uploader, createdAt: uploadedAt, size, commentId } = attachment
      await record({
        kind: 'attachment.removed',
        subjectId: uploader.id,
        ticketId: ticket.id,
        ...(commentId !== null && { commentId }),
        details: { uploadedAt, size },
      })
    }
    const comment = await emptiedComment(tx, attachment)
    if (comment !== undefined) {
      const { events } = await removeComment(tx, record, actor, ticket, comment)
      return { result: { id }, events }
    }

    await tx.deleteFrom('attachments').where('id', '=', id).execute()
    if (draft) await forgetFile(tx, { ticketId: ticket.id, personId: actor.id, id })
    if (draft) return { result: { id }, events: [] }
    const uncounted = countFiles(ticket, attachment.internal, -1)
    await saveTicket(tx, ticket, uncounted)
    return {
      result: { id },
      events: [attachmentDeletedEvent(ticket, uncounted, attachment, actingPerson(actor))],
    }
  })
}

/** The file's comment, if it has no text and no other file. */
async function emptiedComment(tx: Tx, { id, commentId }: Attachment): Promise<Comment | undefined> {
  if (commentId === null) return undefined
  const comment = await commentById(tx, commentId)
  if (comment === undefined || !isBlank(comment.body)) return undefined
  return (await hasFiles(tx, commentId, id)) ? undefined : comment
}

async function refuseRemoval(
  tx: Tx,
  actor: Parameters<typeof mayRemoveAttachment>[0],
  attachment: Attachment,
): Promise<void> {
  const { uploader, createdAt } = attachment
  const now = await readClock(tx)
  switch (mayRemoveAttachment(actor, { uploaderId: uploader.id, createdAt }, now)) {
    case 'never':
      throw new DeskError('forbidden')
    case 'tooLate':
      throw new DeskError('attachment.tooLate')
    case 'yes':
      return
  }
}
