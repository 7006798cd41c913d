import type { NotificationItem } from '@deskbell/contract'

/** `openRef`: the number or the id of the open ticket. */
export function isOpenItem({ ticket }: NotificationItem, openRef: string | undefined): boolean {
  return ticket.id === openRef || String(ticket.number) === openRef
}
