import { useEffect, useRef } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useInFocus } from '../../ui/use-in-focus.ts'

interface Seeing {
  id: string
  version: number
  seen: number
}

/** A ticket counts as seen after this time, so that paging through tickets does not mark them. */
const glanceMs = 1_000

/** Marks a ticket as seen: when it is opened, and then whenever its end is visible, in a window with the focus. */
export function useMarkSeen({ id, version, seen }: Seeing, atEnd: boolean) {
  const desk = useDesk()
  const inFocus = useInFocus()
  // Each version is tried once, so that a refusal does not cause endless requests.
  const tried = useRef(0)

  useEffect(() => {
    const opening = tried.current === 0
    if (!inFocus || seen >= version || tried.current >= version || !(atEnd || opening))
      return undefined
    const timer = setTimeout(() => {
      tried.current = version
      desk.markSeen(id).catch(() => {
        // The reader can do nothing about a failure: the next change or visit tries again.
      })
    }, glanceMs)
    return () => clearTimeout(timer)
  }, [desk, id, version, seen, inFocus, atEnd])
}
