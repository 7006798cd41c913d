import type { TicketRow } from '@deskbell/contract'

/** Whether a ticket is what is read here. `openRef`: of the page's address, an id or a number. */
export function isOpenTicket({ id, number }: TicketRow, openRef: string | undefined): boolean {
  return document.visibilityState === 'visible' && (openRef === id || openRef === String(number))
}
