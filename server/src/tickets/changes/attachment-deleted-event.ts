import type { Attachment, PersonRef } from '@deskbell/contract'
import type { Ticket } from '../ticket.ts'
import { ticketEvent } from './ticket-event.ts'

export function attachmentDeletedEvent(
  before: Ticket,
  after: Ticket,
  file: Attachment,
  deletedBy: PersonRef,
) {
  const { id: attachmentId, commentId, name, internal } = file
  // A comment's file has no line of its own in the history, so its removal has none.
  const line = { kind: 'attachmentDeleted', data: { attachmentId, name, internal } } as const
  return ticketEvent(
    'ticket:attachmentDeleted',
    before,
    after,
    { attachmentId, name, internal, commentId, deletedBy },
    { internal, ...(commentId === null ? { timeline: line } : {}) },
  )
}
