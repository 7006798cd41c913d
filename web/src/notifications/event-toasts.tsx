import type { AppliedEvent } from '@deskbell/client'
import type { TicketRow } from '@deskbell/contract'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useConnection } from '../live/use-connection.ts'
import { useGained } from '../live/use-gained.ts'
import { useAppliedEvents } from '../live/use-applied-events.ts'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { eventToast } from './event-toast.ts'
import { isOnScreen } from './is-on-screen.ts'
import { isOpenTicket } from './is-open-ticket.ts'
import { toastStore } from './toast-store.ts'

/** Replayed events older than this become one line in a summary. */
const freshMs = 60_000

/**
 * Makes toasts of applied events. It is part of the first chunk; the corner that shows toasts loads later, and then
 * also shows the earlier ones.
 */
export function EventToasts() {
  const me = useMe()
  const desk = useDesk()
  const { ref } = useParams({ strict: false })
  const { state } = useConnection()
  const missed = useRef({ changes: 0, tickets: new Set<string>() })

  function show({ event, replayed }: AppliedEvent, ticket?: TicketRow) {
    const made = eventToast(event, me.id, ticket)
    if (made === undefined) return
    const isOld = replayed && desk.now() - Date.parse(event.meta.at) > freshMs
    if (!isOld || state === 'live') return toastStore.show(made)
    missed.current.changes += 1
    missed.current.tickets.add(made.id ?? '')
  }

  useAppliedEvents((applied) => {
    if (!applied.own && !isOnScreen(applied.event, me.id, ref)) show(applied)
  })
  useGained((applied, ticket) => {
    if (!isOpenTicket(ticket, ref)) show(applied, ticket)
  })

  useEffect(() => {
    const { changes, tickets } = missed.current
    if (state !== 'live' || changes === 0) return
    missed.current = { changes: 0, tickets: new Set() }
    toastStore.show({
      id: 'while-away',
      title: 'While you were away',
      line: `${plural(changes, 'change')} on ${plural(tickets.size, 'ticket')}`,
    })
  }, [state])

  useEffect(() => toastStore.dismissAll, [])
  return null
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
}
