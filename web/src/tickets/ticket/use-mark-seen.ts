import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useDeskState } from '../../live/use-desk-state.ts'
import { useInFocus } from '../../ui/use-in-focus.ts'
import { lastInSight } from './timeline/last-in-sight.ts'

interface Seeing {
  id: string
  version: number
  seen: number
}

interface Place {
  /** Scrolls the history. */
  frame: RefObject<HTMLElement | null>
  atEnd: boolean
  /** The number of the event that raised the ticket, if it is loaded: that of the description. */
  createdSeq: number | undefined
}

/** An item counts as seen after this time on the screen, so that paging through tickets does not mark them. */
const glanceMs = 1_000

/** Marks a ticket as seen up to the last item that is on the screen, in a window with the focus; at its end, all of it. */
export function useMarkSeen(
  { id, version, seen }: Seeing,
  { frame, atEnd, createdSeq = 0 }: Place,
): void {
  const desk = useDesk()
  const inFocus = useInFocus()
  // Also of a ticket that was seen, and then marked as unread in the inbox.
  const isUnread = useDeskState(
    ({ notificationCount }) => (notificationCount?.notifications.get(id)?.unread.length ?? 0) > 0,
  )
  const isSeen = seen >= version && !isUnread
  // Each position is tried once, so that a refusal does not cause endless requests.
  const tried = useRef(0)

  useEffect(() => {
    const element = frame.current
    if (element === null || !inFocus || isSeen) return undefined
    const mark = () => {
      const upTo = atEnd ? version : (lastInSight(element) ?? createdSeq)
      if (upTo <= tried.current || (upTo <= seen && !isUnread)) return
      tried.current = upTo
      desk.markSeen(id, upTo).catch(() => {
        // The reader can do nothing about a failure: the next change or visit tries again.
      })
    }
    let timer = setTimeout(mark, glanceMs)
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(mark, glanceMs)
    }
    element.addEventListener('scroll', wait, { passive: true })
    return () => {
      clearTimeout(timer)
      element.removeEventListener('scroll', wait)
    }
  }, [desk, id, version, seen, isSeen, isUnread, inFocus, frame, atEnd, createdSeq])
}
