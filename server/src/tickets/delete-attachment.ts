import { isStaff, mayRemoveAttachment } from '@deskbell/contract'
import type { Attachment, PersonRef } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../events/change.ts'
import type { Command } from '../events/change.ts'
import { actorRef } from '../people/actor.ts'
import { attachmentRows, countFiles } from './attachment-rows.ts'
import { lockTicket } from './lock-ticket.ts'
import { saveTicket } from './save-ticket.ts'
import type { Ticket } from './ticket.ts'
import { ticketEvent } from './ticket-event.ts'

/** The stored file is to be thrown away once this is committed. */
export function deleteAttachment(db: Db, command: Command, id: string): Promise<{ id: string }> {
  return change(db, command, async (tx, actor) => {
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
    if (!draft) refuseRemoval(actor, attachment)

    await tx.deleteFrom('attachments').where('id', '=', id).execute()
    if (draft) return { made: { id }, events: [] }
    const uncounted = countFiles(ticket, attachment.internal, -1)
    await saveTicket(tx, uncounted)
    return {
      made: { id },
      events: [attachmentDeletedEvent(ticket, uncounted, attachment, actorRef(actor))],
    }
  })
}

function refuseRemoval(
  actor: Parameters<typeof mayRemoveAttachment>[0],
  attachment: Attachment,
): void {
  const { uploader, createdAt } = attachment
  switch (mayRemoveAttachment(actor, { uploaderId: uploader.id, createdAt }, Date.now())) {
    case 'never':
      throw new DeskError('forbidden')
    case 'tooLate':
      throw new DeskError('attachment.tooLate')
    case 'yes':
      return
  }
}

export function attachmentDeletedEvent(
  before: Ticket,
  after: Ticket,
  file: Attachment,
  deletedBy: PersonRef,
) {
  const { id: attachmentId, commentId, name, internal } = file
  // A file that came with a comment has no line of its own in the history, so its removal has none either.
  const line = { kind: 'attachmentDeleted', data: { attachmentId, name, internal } } as const
  return ticketEvent(
    'ticket:attachmentDeleted',
    before,
    after,
    { attachmentId, name, internal, commentId, deletedBy },
    { internal, ...(commentId === null ? { timeline: line } : {}) },
  )
}
