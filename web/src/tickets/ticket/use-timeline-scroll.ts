import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

interface TimelineScroll {
  frame: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** The newest item is in sight. */
  atEnd: boolean
  /** Something came that is further down than what is in sight. */
  newsBelow: boolean
  toEnd(): void
}

interface Newest {
  /** The position of the newest item. */
  seq: number
  /** The reader made it. */
  own: boolean
}

/** As far from the end still counts as there; and as much stays in sight above the first unseen item. */
const nearPx = 48

/**
 * Where a timeline stands in its frame. It opens at the first unseen item, or at the end when there is none. Someone
 * who reads at the end stays there while things arrive, unless that would move what is under the pointer.
 */
export function useTimelineScroll(newest: Newest, startsAtTop: boolean): TimelineScroll {
  const frame = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sticks = useRef(false)
  const [atEnd, setAtEnd] = useState(false)
  const [readTo, setReadTo] = useState(newest.seq)

  function toEnd() {
    sticks.current = true
    frame.current?.scrollTo({ top: frame.current.scrollHeight })
  }

  const measure = useEffectEvent(() => {
    const inSight = frame.current !== null && leftBelow(frame.current) < nearPx
    setAtEnd(inSight)
    if (inSight) setReadTo(newest.seq)
  })

  useLayoutEffect(() => {
    focusQuietly(frame.current)
    const mark = frame.current?.querySelector<HTMLElement>('[data-new-mark]')
    // Not scrollIntoView, which would also move everything around the frame.
    if (mark) frame.current?.scrollTo({ top: mark.offsetTop - nearPx })
    else if (!startsAtTop) toEnd()
    // Only where it opens: later it moves by the rules below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  useLayoutEffect(() => {
    if (newest.own) sticks.current = true
    else if (frame.current?.matches(':hover')) sticks.current = false
  }, [newest.seq, newest.own])

  useEffect(() => {
    const element = frame.current
    if (!element || !content.current) return undefined
    let lastTop = element.scrollTop

    // What grows never scrolls upwards: only the person's own scrolling lets go of the end.
    function onScroll() {
      if (!element) return
      const upwards = element.scrollTop < lastTop
      lastTop = element.scrollTop
      if (leftBelow(element) < nearPx) sticks.current = true
      else if (upwards) sticks.current = false
      measure()
    }

    // Markdown and images arrive late and change heights; so does the composer below.
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTo({ top: element.scrollHeight })
      measure()
    })
    observer.observe(element)
    observer.observe(content.current)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [])

  return { frame, content, atEnd, newsBelow: !atEnd && newest.seq > readTo, toEnd }
}

function leftBelow(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop
}

/** So that arrow keys scroll at once. No ring is drawn until someone moves the focus themselves. */
function focusQuietly(element: HTMLElement | null) {
  if (!element) return
  element.dataset['quiet'] = ''
  element.addEventListener('blur', () => delete element.dataset['quiet'], { once: true })
  element.focus({ preventScroll: true })
}
