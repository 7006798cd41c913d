import { isBy } from '@deskbell/contract'
import type { DeskEvent, TicketRow } from '@deskbell/contract'
import type { Alert } from '../alerts/alert-store.ts'
import { isUnlooked } from '../alerts/is-unlooked.ts'
import { eventLine } from './event-toast.ts'
import type { NewToast } from './toast-store.ts'

/** The alert for an event that has this toast; undefined when the person did it, in another window. */
export function eventAlert(
  event: DeskEvent,
  meId: string,
  ticket: TicketRow | undefined,
  toast: NewToast,
): Omit<Alert, 'isOnScreen'> | undefined {
  const { seq, actor } = event.meta
  if (isBy(actor, meId)) return undefined
  const words = { title: toast.title, ...(toast.line !== undefined && { line: toast.line }) }
  if (event.name === 'ticket:urgent') {
    const { number } = event.data
    const isUrgent = true
    return { seq, number, ticketId: undefined, isUrgent, isUnlooked: false, words, discreet: words }
  }
  if (ticket === undefined) return undefined
  const line = eventLine(event, meId, false)
  return {
    seq,
    ticketId: ticket.id,
    number: ticket.number,
    isUrgent: isUnlooked(ticket) || becameUrgent(event),
    isUnlooked: isUnlooked(ticket),
    words,
    discreet: { title: `Ticket #${ticket.number}`, ...(line !== undefined && { line }) },
  }
}

function becameUrgent({ name, data }: DeskEvent): boolean {
  if (name === 'ticket:priorityChanged') return data.newPriority === 'urgent'
  return name === 'ticket:created' && data.ticket.priority === 'urgent'
}
