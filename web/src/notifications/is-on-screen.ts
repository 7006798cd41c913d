import type { DeskEvent, TicketRow } from '@deskbell/contract'
import { mentionsMe } from './happened.ts'
import { isOpenTicket } from './is-open-ticket.ts'

/**
 * Whether the person sees on this page what an event says of a ticket. An open ticket shows everything. A visible row
 * shows it too, but not clearly enough for those whom it concerns most: the creator waits for an answer, and nobody must
 * find new work only by chance.
 */
export function isOnScreen(
  event: DeskEvent,
  ticket: TicketRow | undefined,
  { meId, openRef }: { meId: string; openRef: string | undefined },
): boolean {
  if (document.visibilityState !== 'visible' || ticket === undefined) return false
  if (isOpenTicket(ticket, openRef)) return true
  const isMost = ticket.creator.id === meId || isGiven(event, meId)
  return !isMost && isRowInSight(ticket.number)
}

/** Whether the event brings the person a ticket to work on or to follow, or calls for them. */
function isGiven(event: DeskEvent, meId: string): boolean {
  const { name, data } = event
  if (name === 'access:gained') return true
  if (name === 'ticket:created') return data.ticket.assignee?.id === meId
  if (mentionsMe(event, meId)) return true
  return name === 'ticket:updated' && data.changes.assignee?.new?.id === meId
}

function isRowInSight(number: number): boolean {
  const row = document.querySelector(`li[data-number="${number}"]`)
  const list = row?.closest('[data-list]')
  if (!row || !list) return false
  const [inner, outer] = [row.getBoundingClientRect(), list.getBoundingClientRect()]
  // A list behind an open ticket has no height.
  return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom
}
