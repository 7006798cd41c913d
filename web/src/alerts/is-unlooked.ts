import type { TicketRow } from '@deskbell/contract'

/** Whether an urgent ticket waits for somebody who could help: nobody has looked at it. */
export function isUnlooked({ priority, looked }: TicketRow): boolean {
  return priority === 'urgent' && looked === false
}
