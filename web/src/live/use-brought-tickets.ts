import type { AppliedEvent } from '@deskbell/client'
import type { Ticket } from '@deskbell/contract'
import { useCallbackRef } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useDesk } from './use-desk.ts'

/**
 * Calls the handler for every ticket that an event brings by its id alone, once the ticket is read: the person gained
 * access, or the ticket is back in the inbox. Returns a function for events from before.
 */
export function useBroughtTickets(
  handler: (applied: AppliedEvent, ticket: Ticket) => void,
): (applied: AppliedEvent) => void {
  const desk = useDesk()
  const leaving = useRef(new AbortController())

  const bring = useCallbackRef((applied: AppliedEvent) => {
    const { name, data, meta } = applied.event
    const isBack = name === 'notification:changed' && meta.actor?.kind === 'system'
    if (!(name === 'access:gained' || isBack) || !('ticketId' in data)) return
    const { signal } = leaving.current
    desk.api.call('ticket', { params: { ref: data.ticketId }, signal }).then(
      ({ ticket }) => signal.aborted || handler(applied, ticket),
      // Access is lost again, or the list shows the ticket anyway.
      () => undefined,
    )
  })

  useEffect(() => {
    leaving.current = new AbortController()
    const stop = desk.onEvent(bring)
    return () => {
      stop()
      leaving.current.abort()
    }
  }, [desk, bring])
  return bring
}
