import type { DeskEvent, TicketRow, TimelineItem } from '@deskbell/contract'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'
import { keepEqual, sameItems } from '../same.ts'
import { timelineItemOf } from './timeline-item-of.ts'
import { withFiles } from './timeline-ranges.ts'
import type { OpenTicket } from './open-ticket.ts'

/** An event that carries the ticket's row. */
type StateEvent = Extract<DeskEvent, { data: { ticket: TicketRow } }>

/** Updates an open ticket. Events about other tickets change nothing. */
export function foldTicket(open: OpenTicket, event: DeskEvent): OpenTicket {
  if (event.name === 'person:changed') return withPerson(open, event)
  if (event.name === 'ticket:looked') return withLook(open, event)
  if (!isState(event) || event.data.ticketId !== open.ticket.id) return open
  const ticket = { ...open.ticket, ...rowOf(event.data.ticket) }
  // From an event that only a later version knows, this version takes the row.
  return withDetails({ ...open, ticket: keepEqual(open.ticket, ticket) }, event)
}

function withLook(open: OpenTicket, { data }: Extract<DeskEvent, { name: 'ticket:looked' }>) {
  if (data.ticketId !== open.ticket.id) return open
  return { ...open, ticket: { ...open.ticket, looked: true } }
}

function isState(event: DeskEvent): event is StateEvent {
  return 'ticket' in event.data
}

function withDetails(open: OpenTicket, event: StateEvent): OpenTicket {
  switch (event.name) {
    case 'ticket:created':
      return open
    case 'ticket:updated': {
      // The row has the tags.
      const { tags: _tags, ...others } = event.data.changes
      const news = Object.entries(others).map(([name, change]) => [name, change?.new])
      const updated = { ...open.ticket, ...Object.fromEntries(news) }
      return withLine({ ...open, ticket: updated }, event)
    }
    case 'ticket:commentEdited':
    case 'ticket:commentDeleted':
      return withComment(open, event)
    case 'ticket:attachmentAdded': {
      const attachments = withFiles(open.attachments, [event.data.attachment])
      return withLine({ ...open, attachments }, event)
    }
    case 'ticket:attachmentDeleted': {
      const { attachmentId } = event.data
      const attachments = open.attachments.filter(({ id }) => id !== attachmentId)
      return withLine({ ...open, attachments }, event)
    }
    default:
      return withLine(open, event)
  }
}

function withLine(open: OpenTicket, event: DeskEvent): OpenTicket {
  const item = timelineItemOf(event)
  return item === undefined ? open : { ...open, timeline: [...open.timeline, item] }
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
