import { useEffect, useRef, useState } from 'react'
import type { PointerEventHandler } from 'react'

/** After this time without movement the pointer does not count: its owner reads elsewhere or is away. */
const pointingMs = 30_000
const typingMs = 5_000

interface BusyHands {
  busy: boolean
  /** Handlers for the element under which nothing may move. */
  watch: { onPointerMove: PointerEventHandler; onPointerLeave: PointerEventHandler }
}

/** Whether someone points at an element or types anywhere: then nothing should move. */
export function useBusyHands(): BusyHands {
  const pointing = useLately(pointingMs)
  const typing = useLately(typingMs)
  const { touch } = typing

  useEffect(() => {
    document.addEventListener('input', touch)
    return () => document.removeEventListener('input', touch)
  }, [touch])

  return {
    busy: pointing.lately || typing.lately,
    watch: { onPointerMove: pointing.touch, onPointerLeave: pointing.stop },
  }
}

/** True from a touch until `ms` after the last one, or until stopped. */
function useLately(ms: number) {
  const [lately, setLately] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [actions] = useState(() => ({
    touch: () => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setLately(false), ms)
      setLately(true)
    },
    stop: () => {
      clearTimeout(timer.current)
      setLately(false)
    },
  }))
  useEffect(() => () => clearTimeout(timer.current), [])
  return { lately, ...actions }
}
