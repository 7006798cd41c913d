import type { Attachment, DeskEvent, Ticket, TicketRow, TimelineItem } from '@deskbell/contract'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'
import { sameItems } from './same.ts'
import { withFiles } from './timeline-ranges.ts'
import type { LoadedRange, TimelineGap } from './timeline-ranges.ts'

/** An open ticket, confirmed: as the server would answer it. */
export interface OpenTicket {
  ticket: Ticket
  /** What is in the loaded ranges, in order. */
  timeline: readonly TimelineItem[]
  /** Those of these items, and others that were read; in the order of their ids. */
  attachments: readonly Attachment[]
  /** In order, with a gap between each and the next. The last one has no end: new items are in it. */
  ranges: readonly LoadedRange[]
  /** What lies between and before the ranges. */
  gaps: readonly TimelineGap[]
  /** Where items stand that were read from beyond the stream, by their own positions. */
  readAt: ReadonlyMap<number, number>
}

/** An event that says how a ticket is after it. */
type StateEvent = Extract<DeskEvent, { data: { ticket: TicketRow } }>

/** The ticket after an event, which need not be about it. */
export function foldTicket(open: OpenTicket, event: DeskEvent): OpenTicket {
  if (event.name === 'person:changed') return withPerson(open, event)
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
      return withComment(open, event)
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

/** A corrected or removed comment stays in its line. Where that is not loaded, it is read as it is by then. */
function withComment(
  open: OpenTicket,
  {
    data: { comment },
    meta,
  }: Extract<DeskEvent, { name: 'ticket:commentEdited' | 'ticket:commentDeleted' }>,
): OpenTicket {
  const timeline = open.timeline.map((item) =>
    item.kind === 'comment' && item.comment.id === comment.id && isOlder(open, item, meta.seq)
      ? { ...item, comment }
      : item,
  )
  return { ...open, timeline }
}

function withPerson(
  open: OpenTicket,
  { data: { person }, meta }: Extract<DeskEvent, { name: 'person:changed' }>,
): OpenTicket {
  const { timeline, ...rest } = open
  const others = patchPerson(rest, person)
  const named = timeline.map((item) =>
    isOlder(open, item, meta.seq) ? patchPerson(item, person) : item,
  )
  const isSame = others === rest && sameItems(named, timeline)
  return isSame ? open : { ...others, timeline: sameItems(named, timeline) ? timeline : named }
}

/** What was read from beyond the stream has in it what happened up to there. */
function isOlder({ readAt }: OpenTicket, { seq }: TimelineItem, than: number): boolean {
  return (readAt.get(seq) ?? -1) < than
}

function attached(
  open: OpenTicket,
  event: Extract<DeskEvent, { name: 'ticket:attachmentAdded' }>,
): OpenTicket {
  const { attachment } = event.data
  const attachments = withFiles(open.attachments, [attachment])
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
