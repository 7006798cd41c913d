import type { AppliedEvent } from '@deskbell/client'
import type { Ticket } from '@deskbell/contract'
import { useEffect, useEffectEvent } from 'react'
import { useDesk } from './use-desk.ts'

/** Calls the handler for every ticket this person was given, once it is known which: the event brings nothing of it. */
export function useGained(handler: (heard: AppliedEvent, ticket: Ticket) => void) {
  const desk = useDesk()
  const hear = useEffectEvent(handler)
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    async function learn(heard: AppliedEvent, ref: string): Promise<void> {
      const { ticket } = await desk.api.call('ticket', { params: { ref }, signal })
      if (!signal.aborted) hear(heard, ticket)
    }
    const stop = desk.onEvent((heard) => {
      const { name, data } = heard.event
      // Where it cannot be had it is lost again, or stands in the list all the same.
      if (name === 'access:gained') learn(heard, data.ticketId).catch(() => undefined)
    })
    return () => {
      stop()
      leaving.abort()
    }
  }, [desk])
}
