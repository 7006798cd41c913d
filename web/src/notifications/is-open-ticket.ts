import type { TicketRow } from '@deskbell/contract'

/** Whether the person is reading this ticket. `openRef`: the id or the number in the page's address. */
export function isOpenTicket({ id, number }: TicketRow, openRef: string | undefined): boolean {
  return document.visibilityState === 'visible' && (openRef === id || openRef === String(number))
}
