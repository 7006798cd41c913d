import type { AppliedEvent } from '@deskbell/client'
import type { DeskEvent, TicketRow } from '@deskbell/contract'
import { useCallbackRef } from '@mantine/hooks'
import { useParams } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import { alertStore } from '../alerts/alert-store.ts'
import type { Away } from './away/use-away.ts'
import { useConnection } from '../live/use-connection.ts'
import { useBroughtTickets } from '../live/use-brought-tickets.ts'
import { useAppliedEvents } from '../live/use-applied-events.ts'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { eventAlert } from './event-alert.ts'
import { eventToast } from './event-toast.ts'
import { isOnScreen } from './is-on-screen.ts'
import { toastStore } from './toast-store.ts'
import type { NewToast } from './toast-store.ts'

/** Replayed events older than this become one line in a summary. */
const freshMs = 60_000

/** Until then the list shows the row that an event brings, and the other events of a burst arrive. */
const settleMs = 300

interface Arrival {
  event: DeskEvent
  ticket: TicketRow | undefined
  toast: NewToast
  /** Absent for what is long ago. */
  alert: ReturnType<typeof eventAlert>
  /** It was on the screen when it came: it may have left it by this very event. */
  wasShown: boolean
  /** The panel tells of it, or a summary. */
  isTold: boolean
}

export interface EventToastsProps extends Pick<Away, 'covers'> {
  /** The events that came before this part was loaded. From then on it hears them by itself. */
  takeEarly: () => readonly AppliedEvent[]
}

/** Makes toasts and alerts of applied events. */
export function EventToasts({ covers, takeEarly }: EventToastsProps) {
  const me = useMe()
  const desk = useDesk()
  const { ref: openRef } = useParams({ strict: false })
  const { state } = useConnection()
  const missed = useRef({ changes: 0, tickets: new Set<string>() })
  const isShown = (event: DeskEvent, ticket: TicketRow | undefined) =>
    isOnScreen(event, ticket, { meId: me.id, openRef })
  const settle = useSettled(({ event, ticket, toast, alert, wasShown, isTold }) => {
    const onScreen = wasShown || isShown(event, ticket)
    if (alert !== undefined) alertStore.raise({ ...alert, isOnScreen: onScreen })
    if (!onScreen && !isTold) toastStore.show(toast)
  })

  function take(
    { event, own, replayed }: AppliedEvent,
    ticket: TicketRow | undefined = 'ticket' in event.data ? event.data.ticket : undefined,
  ) {
    if (own) return
    const toast = eventToast(event, me.id, ticket)
    if (toast === undefined) return
    const isOld = replayed && desk.now() - Date.parse(event.meta.at) > freshMs
    const alert = isOld ? undefined : eventAlert(event, me.id, ticket, toast)
    const wasShown = isShown(event, ticket)
    // The panel does not tell of tickets that this person may not see.
    const isCovered = event.name !== 'ticket:urgent' && covers(event.meta.seq)
    const isSummed = isOld && state !== 'live'
    settle({ event, ticket, toast, alert, wasShown, isTold: isCovered || isSummed })
    if (!isSummed || isCovered || wasShown) return
    missed.current.changes += 1
    missed.current.tickets.add(toast.id ?? '')
  }

  useAppliedEvents((applied) => take(applied))
  const bring = useBroughtTickets(take)
  const begin = useEffectEvent(() => {
    for (const applied of takeEarly()) {
      take(applied)
      bring(applied)
    }
  })
  useEffect(() => begin(), [])

  useEffect(() => {
    const { changes, tickets } = missed.current
    if (state !== 'live' || changes === 0) return
    missed.current = { changes: 0, tickets: new Set() }
    toastStore.show({
      id: 'while-offline',
      title: 'While you were offline',
      line: `${plural(changes, 'change')} on ${plural(tickets.size, 'ticket')}`,
    })
  }, [state])

  useEffect(() => toastStore.dismissAll, [])
  return null
}

/** Hands arrivals on when they have settled, all of a burst together. */
function useSettled(handler: (arrival: Arrival) => void): (arrival: Arrival) => void {
  const arrivals = useRef<Arrival[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const settle = useCallbackRef(() => {
    timer.current = undefined
    for (const arrival of arrivals.current.splice(0)) handler(arrival)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return (arrival) => {
    arrivals.current.push(arrival)
    timer.current ??= setTimeout(settle, settleMs)
  }
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
}
