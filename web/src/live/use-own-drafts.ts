import type { TicketDrafts } from '@deskbell/client'
import { useDeskState } from './use-desk-state.ts'

/** What the person is writing on a ticket, on this device or on another one. */
export function useOwnDrafts(ticketId: string): TicketDrafts | undefined {
  return useDeskState((state) => state.drafts.get(ticketId))
}
