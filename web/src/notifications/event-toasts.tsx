import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useConnection } from '../live/use-connection.ts'
import { useHeard } from '../live/use-heard.ts'
import { useMe } from '../live/use-me.ts'
import { eventToast } from './event-toast.ts'
import { isOnScreen } from './is-on-screen.ts'
import { toastStore } from './toast-store.ts'

/** Replayed events older than this become one line in a summary. */
const freshMs = 60_000

/**
 * Makes toasts of what is heard. Here from the first moment on; the corner that shows them is loaded later, and finds
 * what came before it.
 */
export function EventToasts() {
  const me = useMe()
  const { ref } = useParams({ strict: false })
  const { state } = useConnection()
  const missed = useRef({ changes: 0, tickets: new Set<string>() })

  useHeard(({ event, own, replayed }) => {
    if (own || isOnScreen(event, me.id, ref)) return
    const made = eventToast(event, me.id)
    if (made === undefined) return
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
  return null
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
}
