import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useConnection } from '../live/use-connection.ts'
import { useHeard } from '../live/use-heard.ts'
import { useMe } from '../live/use-me.ts'
import { eventToast } from './event-toast.ts'
import { toastStore } from './toast-store.ts'

/** Replayed events older than this become one line in a summary. */
const freshMs = 60_000

/** Shows what others do to tickets that are not open on the screen. */
export function useEventToasts() {
  const me = useMe()
  const { ref } = useParams({ strict: false })
  const { state } = useConnection()
  const missed = useRef({ changes: 0, tickets: new Set<string>() })

  useHeard(({ event, own, replayed }) => {
    if (own) return
    const made = eventToast(event, me.id)
    if (made === undefined) return
    const open =
      ref !== undefined && (ref === idOf(event.data) || ref === String(made.ticketNumber))
    if (open && document.visibilityState === 'visible') return
    if (replayed && Date.now() - Date.parse(event.meta.at) > freshMs) {
      missed.current.changes += 1
      missed.current.tickets.add(made.id ?? '')
      return
    }
    toastStore.show(made)
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
}

function idOf(data: object): unknown {
  return 'ticketId' in data ? data.ticketId : undefined
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
}
