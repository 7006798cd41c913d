import type {
  Attachment,
  Comment,
  DeskEvent,
  Ticket,
  TicketRow,
  TimelineItem,
} from '@deskbell/contract'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'

/** An open ticket, confirmed: as the server would answer it. */
export interface OpenTicket {
  ticket: Ticket
  timeline: readonly TimelineItem[]
  attachments: readonly Attachment[]
}

/** An event that says how a ticket is after it. */
type StateEvent = Extract<DeskEvent, { data: { ticket: TicketRow } }>

/** The ticket after an event, which need not be about it. */
export function foldTicket(open: OpenTicket, event: DeskEvent): OpenTicket {
  if (event.name === 'person:changed') return patchPerson(open, event.data.person)
  if (!isState(event) || event.data.ticketId !== open.ticket.id) return open
  const moved = { ...open, ticket: { ...open.ticket, ...rowOf(event.data.ticket) } }
  // Of an event that only a later version knows the row is all there is to take.
  return withDetails(moved, event) ?? moved
}

function isState(event: DeskEvent): event is StateEvent {
  return 'ticket' in event.data
}

function withDetails(open: OpenTicket, event: StateEvent): OpenTicket {
  switch (event.name) {
    case 'ticket:created':
      return open
    case 'ticket:updated': {
      const { changes } = event.data
      const description = changes.description?.new ?? open.ticket.description
      const watchers = changes.watchers?.new ?? open.ticket.watchers
      const updated = { ...open, ticket: { ...open.ticket, description, watchers } }
      return withLine(updated, event, { kind: 'updated', changes })
    }
    case 'ticket:statusChanged': {
      const { oldStatus, newStatus } = event.data
      return withLine(open, event, { kind: 'status', old: oldStatus, new: newStatus })
    }
    case 'ticket:priorityChanged': {
      const { oldPriority, newPriority } = event.data
      return withLine(open, event, { kind: 'priority', old: oldPriority, new: newPriority })
    }
    case 'ticket:commentAdded':
      return withLine(open, event, { kind: 'comment', comment: event.data.comment })
    case 'ticket:commentEdited':
    case 'ticket:commentDeleted':
      return withComment(open, event.data.comment)
    case 'ticket:attachmentAdded':
      return attached(open, event)
    case 'ticket:attachmentDeleted':
      return detached(open, event)
  }
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
