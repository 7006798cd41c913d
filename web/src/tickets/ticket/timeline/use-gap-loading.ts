import type { TimelineGap } from '@deskbell/client'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** What is loaded next to a gap: what continues the items before it, or what precedes the items after it. */
export type GapSide = 'later' | 'earlier'

interface GapLoading {
  busy: GapSide | undefined
  problem: unknown
  load(side: GapSide): void
}

/** So far from what is in sight, the next page is fetched: at the pace of reading it is there before the reader is. */
const aheadPx = 800

/**
 * Loads what a gap leaves out, as the reader comes near: upwards what is before the items below it, downwards what is
 * after the items above it. Not while both sides of it are in sight, since then the reader decides by its buttons.
 */
export function useGapLoading(
  element: RefObject<HTMLElement | null>,
  { before, after }: TimelineGap,
  read: (side: GapSide) => Promise<void>,
): GapLoading {
  const [busy, setBusy] = useState<GapSide>()
  const [problem, setProblem] = useState<unknown>()
  // By itself once: what was refused, or brought nothing, is the reader's to ask for again.
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
        // With the gap goes its button: the keys go on working where the reader is.
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
    // The strips above and below what is in sight.
    const above = observe(gap, frame, `${aheadPx}px 0px -100% 0px`, () => approach('earlier'))
    const below = observe(gap, frame, `-100% 0px ${aheadPx}px 0px`, () => approach('later'))
    if (frame.scrollHeight <= frame.clientHeight) approach('earlier')
    return () => {
      above.disconnect()
      below.disconnect()
    }
    // Once more whenever a page was added and the gap is still near.
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
