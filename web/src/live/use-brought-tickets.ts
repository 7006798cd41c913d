import type { AppliedEvent } from '@deskbell/client'
import type { Ticket } from '@deskbell/contract'
import { useEffect, useEffectEvent } from 'react'
import { useDesk } from './use-desk.ts'

/**
 * Calls the handler for every ticket that an event brings by its id alone, once the ticket is read: the person gained
 * access, or the ticket is back in the inbox.
 */
export function useBroughtTickets(handler: (applied: AppliedEvent, ticket: Ticket) => void) {
  const desk = useDesk()
  const onBrought = useEffectEvent(handler)
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    async function readTicket(applied: AppliedEvent, ref: string): Promise<void> {
      const { ticket } = await desk.api.call('ticket', { params: { ref }, signal })
      if (!signal.aborted) onBrought(applied, ticket)
    }
    const stop = desk.onEvent((applied) => {
      const { name, data, meta } = applied.event
      const isBack = name === 'notification:changed' && meta.actor?.kind === 'system'
      if (!(name === 'access:gained' || isBack) || !('ticketId' in data)) return
      // If the ticket cannot be read, access is lost again, or the list shows the ticket anyway.
      readTicket(applied, data.ticketId).catch(() => undefined)
    })
    return () => {
      stop()
      leaving.abort()
    }
  }, [desk])
}
