import type { AppliedEvent } from '@deskbell/client'
import type { Ticket } from '@deskbell/contract'
import { useEffect, useEffectEvent } from 'react'
import { useDesk } from './use-desk.ts'

/**
 * Calls the handler for every ticket to which this person gained access, once the ticket is read: the event contains
 * only its id.
 */
export function useGained(handler: (applied: AppliedEvent, ticket: Ticket) => void) {
  const desk = useDesk()
  const onGained = useEffectEvent(handler)
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    async function readTicket(applied: AppliedEvent, ref: string): Promise<void> {
      const { ticket } = await desk.api.call('ticket', { params: { ref }, signal })
      if (!signal.aborted) onGained(applied, ticket)
    }
    const stop = desk.onEvent((applied) => {
      const { name, data } = applied.event
      // If the ticket cannot be read, access is lost again, or the list shows the ticket anyway.
      if (name === 'access:gained') readTicket(applied, data.ticketId).catch(() => undefined)
    })
    return () => {
      stop()
      leaving.abort()
    }
  }, [desk])
}
