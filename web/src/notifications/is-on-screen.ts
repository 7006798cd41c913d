import type { DeskEvent } from '@deskbell/contract'
import { isOpenTicket } from './is-open-ticket.ts'

/**
 * Whether the person can already see on this page what an event says, before anything is rendered. An open ticket
 * shows everything. A visible row shows it too, but not clearly enough for those whom it concerns most: the creator
 * waits for an answer, and an assignee must not find new work only by chance.
 */
export function isOnScreen(
  { name, data }: DeskEvent,
  meId: string,
  openRef: string | undefined,
): boolean {
  if (document.visibilityState !== 'visible' || !('ticket' in data)) return false
  if (isOpenTicket(data.ticket, openRef)) return true
  const isGiven = name === 'ticket:updated' && data.changes.assignee?.new?.id === meId
  return data.ticket.creator.id !== meId && !isGiven && isRowInSight(data.ticket.number)
}

function isRowInSight(number: number): boolean {
  const row = document.querySelector(`li[data-number="${number}"]`)
  const list = row?.closest('[data-list]')
  if (!row || !list) return false
  const [inner, outer] = [row.getBoundingClientRect(), list.getBoundingClientRect()]
  // A list behind an open ticket has no height.
  return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom
}
