import type { EventData } from '@deskbell/contract'
import { participants } from '../../access/readers.ts'
import type { NewEvent, TimelineLine } from '../../log/append-events.ts'
import { concernsOf } from '../../log/concerns.ts'
import { filterFieldsOf, toRow } from '../ticket.ts'
import type { Ticket } from '../ticket.ts'

type StateEvent =
  | 'ticket:updated'
  | 'ticket:statusChanged'
  | 'ticket:priorityChanged'
  | 'ticket:commentAdded'
  | 'ticket:commentEdited'
  | 'ticket:commentDeleted'
  | 'ticket:attachmentAdded'
  | 'ticket:attachmentDeleted'

interface TicketEventOptions {
  /** For staff only: other people on the ticket see nothing of it. */
  internal?: boolean
  timeline?: TimelineLine
  /** The ids of the people whom the text newly names. */
  mentioned?: readonly string[]
  /** The event comes with another one of the same change, which says whom the change concerns. */
  accompanies?: boolean
}

/** An event that changes a ticket from `before` to `after`. */
export function ticketEvent<N extends StateEvent>(
  name: N,
  before: Ticket,
  after: Ticket,
  data: Omit<EventData<N>, 'ticketId' | 'ticket' | 'before'>,
  { internal = false, timeline, mentioned = [], accompanies = false }: TicketEventOptions = {},
): NewEvent<StateEvent> {
  const notify = accompanies ? [] : concernsOf({ name, data, before, after, mentioned })
  const whole: object = { ...data, ticketId: after.id, before: filterFieldsOf(before) }
  return {
    name,
    ticketId: after.id,
    data: whole,
    audience: internal ? 'staff' : 'participants',
    people: participants(after.readers),
    ticket: toRow(after, false),
    staffTicket: toRow(after, true),
    ...(timeline === undefined ? {} : { timeline }),
    ...(mentioned.length === 0 ? {} : { mentioned }),
    ...(notify.length > 0 && { notify }),
    ...(before.readers === after.readers ? {} : readersBetween(before, after)),
  } as NewEvent<StateEvent>
}

function readersBetween(before: Ticket, after: Ticket) {
  const [old, present] = [participants(before.readers), participants(after.readers)]
  return {
    joined: present.filter((id) => !old.includes(id)),
    left: old.filter((id) => !present.includes(id)),
  }
}

/** Alerts everyone who may not see the ticket. They learn its number and its priorities only. */
export function urgentAlert(
  ticket: Ticket,
  oldPriority: Ticket['priority'] | null,
): NewEvent<'ticket:urgent'> {
  return {
    name: 'ticket:urgent',
    data: { number: ticket.number, oldPriority, newPriority: ticket.priority },
    audience: 'others',
    people: participants(ticket.readers),
  }
}
