import { useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** Below this width, in pixels, a row has two lines. */
const narrowPx = 640

/** Whether an element is narrow. Measured before the first paint, so that no row shows in one shape and then in the other. */
export function useNarrow<E extends HTMLElement>(): { ref: RefObject<E | null>; narrow: boolean } {
  const ref = useRef<E>(null)
  const [narrow, setNarrow] = useState(false)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const measure = () => {
      const width = element.clientWidth
      // A hidden list keeps its shape.
      if (width > 0) setNarrow(width < narrowPx)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, narrow }
}
