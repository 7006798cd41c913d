import { useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** Below this width, in pixels, a row has two lines. */
const narrowPx = 720

interface ListWidth<E> {
  ref: RefObject<E | null>
  /** In pixels, and 0 before the first measure. */
  width: number
  narrow: boolean
}

/** How wide a list is. Measured before the first paint, so that no row shows in one shape and then in the other. */
export function useListWidth<E extends HTMLElement>(): ListWidth<E> {
  const ref = useRef<E>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const measure = () => {
      // A hidden list keeps its shape.
      if (element.clientWidth > 0) setWidth(element.clientWidth)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width, narrow: width > 0 && width < narrowPx }
}
