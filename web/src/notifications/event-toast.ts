import { timelineItemOf } from '@deskbell/client'
import { activeStatuses, isBy } from '@deskbell/contract'
import type { DeskEvent, TicketRow } from '@deskbell/contract'
import { isolated } from '../ui/words/isolated.ts'
import { addedAsWatcher, happened, mentionsMe, nameOf } from './happened.ts'
import type { NewToast, News } from './toast-store.ts'

/**
 * The text of a toast for an event, or undefined when the event needs none or does not concern this person. `ticket`:
 * the event's ticket, when the event itself does not carry it.
 */
export function eventToast(
  event: DeskEvent,
  meId: string,
  ticket: TicketRow | undefined = 'ticket' in event.data ? event.data.ticket : undefined,
): NewToast | undefined {
  if (event.name === 'ticket:urgent') return urgentAlert(event.data.number)
  const line = concerns(event, meId) ? eventLine(event, meId) : undefined
  if (line === undefined || ticket === undefined) return undefined
  return {
    id: `ticket-${ticket.id}`,
    title: `#${ticket.number} ${isolated(ticket.title)}`,
    line,
    ticketNumber: ticket.number,
    tone: ticket.priority === 'urgent' ? 'urgent' : 'plain',
    news: newsOf(event, meId, ticket),
  }
}

/** Everyone gets the urgent alert; people who may not see the ticket learn only its number. */
function urgentAlert(number: number): NewToast {
  const news: News = {
    group: 'urgent',
    several: (tickets) => `${tickets} tickets are urgent`,
    where: { view: 'urgent' },
  }
  return { id: `urgent-${number}`, title: `Ticket #${number} is urgent`, tone: 'urgent', news }
}

/** What several such events are together, and the list to which they lead. */
function newsOf(event: DeskEvent, meId: string, ticket: TicketRow): News {
  const { name, meta } = event
  // Urgent ones stay by themselves: among others they would get lost.
  const isUrgent = ticket.priority === 'urgent'
  const kind = isUrgent ? 'urgent ' : ''
  if (name === 'ticket:created')
    return {
      group: `${kind}raised`,
      several: (tickets) => `${tickets} new ${kind}tickets`,
      where: { view: isUrgent ? 'urgent' : 'open', sort: '-created' },
    }
  if (name === 'notification:changed')
    return {
      group: `${kind}snoozed`,
      several: (tickets) => `${tickets} ${kind}tickets are back in the inbox`,
      where: { view: 'open', sort: '-updated' },
    }
  const who = nameOf(meta.actor, meId)
  if (name === 'ticket:updated' && event.data.changes.assignee?.new?.id === meId)
    return {
      group: `${kind}assigned by ${who}`,
      several: (tickets) => `${who} assigned ${tickets} ${kind}tickets to you`,
      where: { view: 'assigned' },
    }
  const isActive = activeStatuses.includes(ticket.status)
  return {
    group: `${kind}changed by ${who}`,
    several: (tickets) => `${who} changed ${tickets} ${kind}tickets`,
    where: { view: isActive ? 'open' : 'closed', sort: '-updated' },
  }
}

/**
 * What concerns the person has a reason. Staff receive events of every ticket; of other people's tickets only a new or an
 * urgent one is told.
 */
function concerns(event: DeskEvent, meId: string): boolean {
  const { name, data, meta } = event
  if (isSnoozeOver(event)) return true
  // Nobody is alerted to what Deskbell does by itself, nor to what gathers while the ticket is snoozed.
  if (meta.actor?.kind === 'system' || meta.snooze === 'on') return false
  if (meta.reason !== undefined) return true
  // An update makes a toast only for what it does to this person.
  if (name === 'ticket:created' || name === 'ticket:updated' || name === 'access:gained')
    return true
  if (name === 'ticket:priorityChanged' && data.newPriority === 'urgent') return true
  if (mentionsMe(event, meId)) return true
  // What they did in another window has no reason.
  const isOwn = isBy(meta.actor, meId)
  return isOwn && (meta.participant === true || isAssigned(data, meId))
}

function isAssigned(data: DeskEvent['data'], meId: string): boolean {
  return 'ticket' in data && data.ticket.assignee?.id === meId
}

/** What happened, in a sentence. `quotes`: with the first words of what was written, and names of files. */
export function eventLine(event: DeskEvent, meId: string, quotes = true): string | undefined {
  if (isSnoozeOver(event)) return 'It was snoozed until now'
  if (event.name === 'access:gained') return addedAsWatcher(nameOf(event.meta.actor, meId))
  const item = timelineItemOf(event)
  return item && happened(item, meId, quotes)
}

/** The system puts a ticket back into the inbox. */
function isSnoozeOver({ name, meta }: DeskEvent): boolean {
  return name === 'notification:changed' && meta.actor?.kind === 'system'
}
