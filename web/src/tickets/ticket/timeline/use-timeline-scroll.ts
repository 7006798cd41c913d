import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { coveredPx, foldHeader, measureHeader, partsOf, savedPx } from './fold-header.ts'
import { createScrollAnchor } from './scroll-anchor.ts'

interface TimelineScroll {
  frame: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** The newest item is visible. */
  atEnd: boolean
  /** A new item is below the visible part. */
  newsBelow: boolean
  toEnd(): void
  toTop(): void
  /** Items added before the one that the selector matches move earlier items, not that item and those after it. */
  keepFrom(selector: string | undefined): void
}

interface Newest {
  /** The number of the newest item. */
  seq: number
  /** The reader made it. */
  own: boolean
}

interface Place {
  /** The first loaded item: a change means that items were added above the reader. */
  shown: unknown
  startsAtTop: boolean
  /** The comment that the address names. */
  linkedId: string | undefined
}

/** In pixels: this near to the end counts as at the end, and this much stays visible above the first unseen item. */
const nearPx = 48

/**
 * The scroll position of a timeline. It opens at the linked comment, at the first unseen item, or at the end. A
 * reader at the end stays there while items arrive, unless that would move what is under the pointer; elsewhere the
 * visible items stay where they are.
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

  /** Scrolls to an element, which then stays there while the items around it get their heights. */
  function to(selector: string): boolean {
    const element = frame.current?.querySelector(selector)
    if (!frame.current || !element) return false
    sticks.current = false
    // Not scrollIntoView, which would also scroll everything around the frame.
    const top = element.getBoundingClientRect().top - frame.current.getBoundingClientRect().top
    frame.current.scrollBy({ top: top - nearPx - coveredPx(frame.current) })
    // The header does not fold there, so all of it would cover the element.
    const parts = partsOf(frame.current)
    if (parts && frame.current.scrollTop < savedPx(parts)) frame.current.scrollTo({ top: 0 })
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
    const parts = frame.current ? partsOf(frame.current) : undefined
    if (parts) measureHeader(parts)
    if (!to('[data-new-mark]') && !startsAtTop) toEnd()
    if (frame.current) foldHeader(frame.current)
    anchor.note()
    // Only when it opens: later it moves by the rules below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  useLayoutEffect(() => {
    if (newest.own) sticks.current = true
    else if (frame.current?.matches(':hover')) sticks.current = false
  }, [newest.seq, newest.own])

  // The comment may load later than the address names it.
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

    // Growing content never scrolls upwards, so only the person's own scrolling leaves the end.
    function onScroll() {
      if (!element) return
      foldHeader(element)
      const upwards = element.scrollTop < lastTop
      lastTop = element.scrollTop
      if (leftBelow(element) < nearPx) sticks.current = true
      else if (upwards) sticks.current = false
      if (sticks.current) anchor.note()
      else anchor.follow()
      measure()
    }

    // Formatted Markdown and images arrive late and change heights; the composer below changes its height too.
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTo({ top: element.scrollHeight })
      else anchor.restore()
      measure()
    })
    observer.observe(element)
    observer.observe(content.current)
    const parts = partsOf(element)
    const headerObserver = new ResizeObserver(() => parts && measureHeader(parts))
    if (parts) headerObserver.observe(parts.header)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      headerObserver.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [anchor])

  const newsBelow = !atEnd && newest.seq > readTo
  return { frame, content, atEnd, newsBelow, toEnd, toTop, keepFrom: anchor.keepFrom }
}

function leftBelow(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop
}

/** Focuses the frame, so that arrow keys scroll at once. It draws no ring until the person moves the focus. */
function focusQuietly(element: HTMLElement | null) {
  if (!element) return
  element.dataset['quiet'] = ''
  element.addEventListener('blur', () => delete element.dataset['quiet'], { once: true })
  element.focus({ preventScroll: true })
}
