import type { TimelineGap } from '@deskbell/client'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** The end of a gap to load: `later` continues the items before it, `earlier` precedes the items after it. */
export type GapSide = 'later' | 'earlier'

interface GapLoading {
  busy: GapSide | undefined
  problem: unknown
  load(side: GapSide): void
}

/** The next page loads at this distance, in pixels, from the visible part: early enough for the pace of reading. */
const aheadPx = 800

/**
 * Loads the missing items of a gap as the reader comes near: scrolling up loads the items just before those below the
 * gap, scrolling down those just after the items above it. While both ends are visible, the reader decides by the
 * gap's buttons.
 */
export function useGapLoading(
  element: RefObject<HTMLElement | null>,
  { before, after }: TimelineGap,
  read: (side: GapSide) => Promise<void>,
): GapLoading {
  const [busy, setBusy] = useState<GapSide>()
  const [problem, setProblem] = useState<unknown>()
  // A page loads by itself once; after a refusal or an empty page the reader has to ask again.
  const tried = useRef<string>(undefined)

  function load(side: GapSide) {
    if (busy !== undefined) return
    const gap = element.current
    const frame = frameOf(gap)
    setBusy(side)
    setProblem(undefined)
    read(side)
      .catch(setProblem)
      .finally(() => {
        const hadFocus = gap?.contains(document.activeElement) === true
        setBusy(undefined)
        // The gap's button disappears with the gap, so the focus goes to the frame and keys work where the reader is.
        if (hadFocus)
          requestAnimationFrame(() => {
            if (gap?.isConnected === false) frame?.focus({ preventScroll: true })
          })
      })
  }

  const approach = useEffectEvent((side: GapSide) => {
    const key = `${side} ${after} ${before}`
    if (tried.current === key || busy !== undefined) return
    tried.current = key
    load(side)
  })

  useEffect(() => {
    const gap = element.current
    const frame = frameOf(gap)
    if (!gap || !frame) return undefined
    // The strips above and below the visible part.
    const above = observe(gap, frame, `${aheadPx}px 0px -100% 0px`, () => approach('earlier'))
    const below = observe(gap, frame, `-100% 0px ${aheadPx}px 0px`, () => approach('later'))
    if (frame.scrollHeight <= frame.clientHeight) approach('earlier')
    return () => {
      above.disconnect()
      below.disconnect()
    }
    // Observes again after each page, since the gap may still be near.
  }, [element, before, after, busy])

  return { busy, problem, load }
}

function observe(gap: HTMLElement, root: HTMLElement, rootMargin: string, onNear: () => void) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) onNear()
    },
    { root, rootMargin },
  )
  observer.observe(gap)
  return observer
}

function frameOf(gap: HTMLElement | null): HTMLElement | null | undefined {
  return gap?.closest<HTMLElement>('[data-timeline-frame]')
}
