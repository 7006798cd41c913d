import type { DeskEvent, TicketRow, TimelineItem } from '@deskbell/contract'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'
import { keepEqual, sameItems } from '../same.ts'
import { withFiles } from './timeline-ranges.ts'
import type { OpenTicket } from './open-ticket.ts'

/** An event that carries the ticket's row. */
type StateEvent = Extract<DeskEvent, { data: { ticket: TicketRow } }>

/** Updates an open ticket. Events about other tickets change nothing. */
export function foldTicket(open: OpenTicket, event: DeskEvent): OpenTicket {
  if (event.name === 'person:changed') return withPerson(open, event)
  if (!isState(event) || event.data.ticketId !== open.ticket.id) return open
  const ticket = { ...open.ticket, ...rowOf(event.data.ticket) }
  const moved = { ...open, ticket: keepEqual(open.ticket, ticket) }
  // From an event that only a later version knows, this version takes the row.
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
      // The row has the tags.
      const { tags: _tags, ...others } = changes
      const news = Object.entries(others).map(([name, change]) => [name, change?.new])
      const updated = { ...open.ticket, ...Object.fromEntries(news) }
      return withLine({ ...open, ticket: updated }, event, { kind: 'updated', changes })
    }
    case 'ticket:statusChanged': {
      const { oldStatus, newStatus, afterDays } = event.data
      const why = afterDays === undefined ? {} : { afterDays }
      return withLine(open, event, { kind: 'status', old: oldStatus, new: newStatus, ...why })
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
  // Every event that changes a ticket has an actor.
  if (meta.actor === null) return open
  const item = { seq: meta.seq, at: meta.at, actor: meta.actor, ...line }
  return { ...open, timeline: [...open.timeline, item] }
}

/** Edits a loaded comment in its place. An item that is not loaded is fetched with its current text later. */
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

/** An item read ahead of the stream already contains the events up to its position. */
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
  // The comment's own line shows files that came with it.
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
