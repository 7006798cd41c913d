import type { Changes, DeskEvent, PersonRef, TicketRow } from '@deskbell/contract'
import { isolated } from '../ui/words/isolated.ts'
import { priorityWords, statusWords } from '../ui/words/words.ts'
import type { NewToast } from './toast-store.ts'

/**
 * What a toast says about an event, or undefined when there is nothing to say or it does not concern this person.
 * `ticket`: the one it is about, where the event does not bring it.
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
  }
}

/** Everyone hears the bell; who may not see the ticket learns its number only. */
function urgentAlert(number: number): NewToast {
  return { id: `urgent-${number}`, title: `Ticket #${number} is urgent`, tone: 'urgent' }
}

/** Staff hear of every ticket: of those that are somebody else's work only what is new or urgent is their concern. */
function concerns({ name, data, meta }: DeskEvent, meId: string): boolean {
  // Of an update only what is done to this person has a line.
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
      // A file that came with a comment: the comment's own toast is enough.
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

/** What of it was done to this person; the rest of an update can wait until the ticket is read. */
function updateLine(who: string, { assignee, watchers }: Changes, meId: string) {
  if (assignee?.new?.id === meId) return `${who} assigned it to you`
  const watches = (people: readonly PersonRef[] = []) => people.some(({ id }) => id === meId)
  return watches(watchers?.new) && !watches(watchers?.old) ? addedLine(who) : undefined
}

function addedLine(who: string): string {
  return `${who} added you as a watcher`
}

function nameOf(actor: PersonRef | null, meId: string): string {
  if (actor === null) return 'Deskbell'
  return actor.id === meId ? 'You' : isolated(shortened(actor.name, 40))
}

function excerpt(body: string): string {
  const line = body.replaceAll(/[\s>#*`_]+/g, ' ').trim()
  return shortened(line, 90)
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 2).trimEnd()}…` : text
}
