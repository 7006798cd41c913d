import { activeStatuses, isBy } from '@deskbell/contract'
import type { ActorRef, Changes, DeskEvent, PersonRef, TicketRow } from '@deskbell/contract'
import { actorName } from '../ui/words/actor-name.ts'
import { isolated } from '../ui/words/isolated.ts'
import { priorityWords, statusWords } from '../ui/words/words.ts'
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
  const line = concerns(event, meId) ? lineOf(event, meId) : undefined
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
  if (name === 'ticket:created')
    return {
      group: 'raised',
      several: (tickets) => `${tickets} new tickets`,
      where: { view: 'open', sort: '-created' },
    }
  const who = nameOf(meta.actor, meId)
  if (name === 'ticket:updated' && event.data.changes.assignee?.new?.id === meId)
    return {
      group: `assigned by ${who}`,
      several: (tickets) => `${who} assigned ${tickets} tickets to you`,
      where: { view: 'assigned' },
    }
  const isActive = activeStatuses.includes(ticket.status)
  return {
    group: `changed by ${who}`,
    several: (tickets) => `${who} changed ${tickets} tickets`,
    where: { view: isActive ? 'open' : 'closed', sort: '-updated' },
  }
}

/** Staff receive events of every ticket. Of other people's tickets only a new or an urgent one concerns them. */
function concerns({ name, data, meta }: DeskEvent, meId: string): boolean {
  // Nobody is alerted to what Deskbell does by itself.
  if (meta.actor?.kind === 'system') return false
  // An update makes a toast only for what it does to this person.
  if (name === 'ticket:created' || name === 'ticket:updated' || name === 'access:gained')
    return true
  if (name === 'ticket:priorityChanged' && data.newPriority === 'urgent') return true
  return meta.participant === true || ('ticket' in data && data.ticket.assignee?.id === meId)
}

function lineOf(event: DeskEvent, meId: string): string | undefined {
  const who = nameOf(event.meta.actor, meId)
  switch (event.name) {
    case 'ticket:created':
      return `${who} raised this ticket`
    case 'ticket:statusChanged':
      return `${who} moved it to ${statusWords[event.data.newStatus]}`
    case 'ticket:priorityChanged':
      return `${who} made it ${priorityWords[event.data.newPriority]} priority`
    case 'ticket:commentAdded': {
      const { internal, body } = event.data.comment
      const did = `${who} ${internal ? 'left an internal note' : 'replied'}`
      return body.trim() === '' ? `${did} with a file` : `${did}: ${isolated(excerpt(body))}`
    }
    case 'ticket:attachmentAdded':
      // The file came with a comment, and the comment's own toast is enough.
      if (event.data.attachment.commentId !== null) return undefined
      return `${who} added ${isolated(event.data.attachment.name)}`
    case 'ticket:updated':
      return updateLine(who, event.data.changes, meId)
    case 'access:gained':
      return addedLine(who)
    default:
      return undefined
  }
}

/** The part of an update that affects this person; they see the rest when they read the ticket. */
function updateLine(who: string, { assignee, watchers }: Changes, meId: string) {
  if (assignee?.new?.id === meId) return `${who} assigned it to you`
  const watches = (people: readonly PersonRef[] = []) => people.some(({ id }) => id === meId)
  return watches(watchers?.new) && !watches(watchers?.old) ? addedLine(who) : undefined
}

function addedLine(who: string): string {
  return `${who} added you as a watcher`
}

function nameOf(actor: ActorRef | null, meId: string): string {
  if (actor === null) return 'Someone'
  return isBy(actor, meId) ? 'You' : isolated(shortened(actorName(actor), 40))
}

function excerpt(body: string): string {
  return shortened(body.replaceAll(/\s+/g, ' ').trim(), 90)
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 2).trimEnd()}…` : text
}
