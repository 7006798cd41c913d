import { mayMoveTicket } from '@deskbell/contract'
import type { Me, Status, TicketRow } from '@deskbell/contract'

/** Whether this person may move a ticket of a list. Watching gives no right to that, so a row need not say who watches. */
export function mayMoveRow(
  me: Me,
  { creator }: Pick<TicketRow, 'creator'>,
  from: Status,
  to: Status,
): boolean {
  return mayMoveTicket(me, { creator: creator.id === me.id, watcher: false }, from, to)
}
