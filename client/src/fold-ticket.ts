import type {
  Attachment,
  Comment,
  DeskEvent,
  Ticket,
  TicketRow,
  TimelineItem,
} from '@deskbell/contract'
import { patchPerson } from './patch-person.ts'

/** An open ticket, confirmed: as the server would answer it. */
export interface OpenTicket {
  ticket: Ticket
  timeline: readonly TimelineItem[]
  attachments: readonly Attachment[]
}

/** The ticket after an event, which need not be about it. */
export function foldTicket(open: OpenTicket, event: DeskEvent): OpenTicket {
  if (event.name === 'person:changed') return patchPerson(open, event.data.person)
  if (!('ticketId' in event.data) || event.data.ticketId !== open.ticket.id) return open
  return foldOwn(open, event)
}

function foldOwn(open: OpenTicket, event: DeskEvent): OpenTicket {
  switch (event.name) {
    case 'ticket:updated': {
      const { changes, ticket } = event.data
      const description = changes.description?.new ?? open.ticket.description
      const watchers = changes.watchers?.new ?? open.ticket.watchers
      const moved = withRow(open, ticket)
      const updated = { ...moved, ticket: { ...moved.ticket, description, watchers } }
      return withLine(updated, event, { kind: 'updated', changes })
    }
    case 'ticket:statusChanged': {
      const { oldStatus, newStatus } = event.data
      return withLine(withRow(open, event.data.ticket), event, {
        kind: 'status',
        old: oldStatus,
        new: newStatus,
      })
    }
    case 'ticket:priorityChanged': {
      const { oldPriority, newPriority } = event.data
      return withLine(withRow(open, event.data.ticket), event, {
        kind: 'priority',
        old: oldPriority,
        new: newPriority,
      })
    }
    case 'ticket:commentAdded':
      return withLine(withRow(open, event.data.ticket), event, {
        kind: 'comment',
        comment: event.data.comment,
      })
    case 'ticket:commentEdited':
    case 'ticket:commentDeleted':
      return withComment(withRow(open, event.data.ticket), event.data.comment)
    case 'ticket:attachmentAdded':
      return attached(withRow(open, event.data.ticket), event)
    case 'ticket:attachmentDeleted':
      return detached(withRow(open, event.data.ticket), event)
    default:
      return open
  }
}

function withRow(open: OpenTicket, row: TicketRow): OpenTicket {
  return { ...open, ticket: { ...open.ticket, ...row } }
}

type Line = TimelineItem extends infer I
  ? I extends TimelineItem
    ? Omit<I, 'seq' | 'at' | 'actor'>
    : never
  : never

function withLine(open: OpenTicket, { meta }: DeskEvent, line: Line): OpenTicket {
  // Only what the system does by itself has no actor, and it does nothing to tickets.
  if (meta.actor === null) return open
  const item = { seq: meta.seq, at: meta.at, actor: meta.actor, ...line }
  return { ...open, timeline: [...open.timeline, item] }
}

/** A corrected or removed comment stays in its line. */
function withComment(open: OpenTicket, comment: Comment): OpenTicket {
  const timeline = open.timeline.map((item) =>
    item.kind === 'comment' && item.comment.id === comment.id ? { ...item, comment } : item,
  )
  return { ...open, timeline }
}

function attached(
  open: OpenTicket,
  event: Extract<DeskEvent, { name: 'ticket:attachmentAdded' }>,
): OpenTicket {
  const { attachment } = event.data
  const attachments = [...open.attachments, attachment].sort((a, b) => (a.id < b.id ? -1 : 1))
  const { id: attachmentId, commentId, name, internal } = attachment
  // What came with a comment is told by the comment's line.
  if (commentId !== null) return { ...open, attachments }
  return withLine({ ...open, attachments }, event, {
    kind: 'attachmentAdded',
    attachmentId,
    commentId,
    name,
    internal,
  })
}

function detached(
  open: OpenTicket,
  event: Extract<DeskEvent, { name: 'ticket:attachmentDeleted' }>,
): OpenTicket {
  const { attachmentId, commentId, name, internal } = event.data
  const attachments = open.attachments.filter(({ id }) => id !== attachmentId)
  if (commentId !== null) return { ...open, attachments }
  return withLine({ ...open, attachments }, event, {
    kind: 'attachmentDeleted',
    attachmentId,
    name,
    internal,
  })
}
