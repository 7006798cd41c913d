import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { createScrollAnchor } from './scroll-anchor.ts'

interface TimelineScroll {
  frame: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** The newest item is in sight. */
  atEnd: boolean
  /** Something came that is further down than what is in sight. */
  newsBelow: boolean
  toEnd(): void
  toTop(): void
  /** What is added before what this selects moves what is before it, not what is after it. */
  keepFrom(selector: string | undefined): void
}

interface Newest {
  /** The position of the newest item. */
  seq: number
  /** The reader made it. */
  own: boolean
}

interface Place {
  /** The first item that is loaded: what is before it is added above the reader. */
  shown: unknown
  startsAtTop: boolean
  /** The comment that the address names. */
  linkedId: string | undefined
}

/** As far from the end still counts as there; and as much stays in sight above the first unseen item. */
const nearPx = 48

/**
 * Where a timeline stands in its frame. It opens at the comment that was linked to, at the first unseen item, or at the
 * end. Someone who reads at the end stays there while things arrive, unless that would move what is under the pointer;
 * everywhere else, what is in sight stays where it is.
 */
export function useTimelineScroll(
  newest: Newest,
  { shown, startsAtTop, linkedId }: Place,
): TimelineScroll {
  const frame = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sticks = useRef(false)
  const [anchor] = useState(() => createScrollAnchor(() => frame.current))
  const [atEnd, setAtEnd] = useState(false)
  const [readTo, setReadTo] = useState(newest.seq)

  function toEnd() {
    sticks.current = true
    frame.current?.scrollTo({ top: frame.current.scrollHeight })
  }

  function toTop() {
    sticks.current = false
    frame.current?.scrollTo({ top: 0 })
  }

  /** Stays there while what is around it gets its height. */
  function to(selector: string): boolean {
    const element = frame.current?.querySelector(selector)
    if (!frame.current || !element) return false
    sticks.current = false
    // Not scrollIntoView, which would also move everything around the frame.
    const top = element.getBoundingClientRect().top - frame.current.getBoundingClientRect().top
    frame.current.scrollBy({ top: top - nearPx })
    anchor.keepFrom(selector)
    anchor.note()
    return true
  }

  const measure = useEffectEvent(() => {
    const inSight = frame.current !== null && leftBelow(frame.current) < nearPx
    setAtEnd(inSight)
    if (inSight) setReadTo(newest.seq)
  })

  useLayoutEffect(() => {
    focusQuietly(frame.current)
    if (!to('[data-new-mark]') && !startsAtTop) toEnd()
    anchor.note()
    // Only where it opens: later it moves by the rules below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  useLayoutEffect(() => {
    if (newest.own) sticks.current = true
    else if (frame.current?.matches(':hover')) sticks.current = false
  }, [newest.seq, newest.own])

  // The comment may be loaded only after the address named it.
  const arrived = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (linkedId === undefined || arrived.current === linkedId) return
    if (to(`[data-comment="${linkedId}"]`)) arrived.current = linkedId
  })

  useLayoutEffect(() => {
    if (sticks.current) toEnd()
    else anchor.restore()
  }, [anchor, shown])

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
      if (sticks.current) anchor.note()
      else anchor.follow()
      measure()
    }

    // Markdown and images arrive late and change heights; so does the composer below.
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTo({ top: element.scrollHeight })
      else anchor.restore()
      measure()
    })
    observer.observe(element)
    observer.observe(content.current)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [anchor])

  const newsBelow = !atEnd && newest.seq > readTo
  return { frame, content, atEnd, newsBelow, toEnd, toTop, keepFrom: anchor.keepFrom }
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
