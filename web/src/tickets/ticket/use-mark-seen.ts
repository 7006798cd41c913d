import { useDocumentVisibility } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useDesk } from '../../live/use-desk.ts'

interface Seeing {
  id: string
  version: number
  seen: number
}

/** Whoever leafs through tickets has not seen those that went by. */
const glanceMs = 700

/** Remembers that a ticket was seen: when it is opened, and then whenever its end is in sight in a visible window. */
export function useMarkSeen({ id, version, seen }: Seeing, atEnd: boolean) {
  const desk = useDesk()
  const visible = useDocumentVisibility() === 'visible'
  // Tried once for each version: a refusal is no reason to ask for ever.
  const tried = useRef(0)

  useEffect(() => {
    const opening = tried.current === 0
    if (!visible || seen >= version || tried.current >= version || !(atEnd || opening))
      return undefined
    const timer = setTimeout(() => {
      tried.current = version
      desk.markSeen(id).catch(() => {
        // Nothing the reader would do about it: the next change or visit tries again.
      })
    }, glanceMs)
    return () => clearTimeout(timer)
  }, [desk, id, version, seen, visible, atEnd])
}
