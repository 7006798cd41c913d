import type { ListItem } from '@deskbell/client'
import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { useTabMemory } from '../../../live/tab-memory.ts'
import { rowHeight } from './row-height.ts'

interface VirtualRowsOptions {
  listId: string
  rows: readonly ListItem[]
  /** The width of the list, in pixels. */
  width: number
  narrow: boolean
  hidden: boolean
  /** Grows when the list should scroll back to its top. */
  returns: number
  /** The index of the current row. */
  current: number
  onScrolled: (scrolled: boolean) => void
}

/**
 * The visible rows and the scroll position, which stays while the list is hidden and after the person comes back to
 * it.
 */
export function useVirtualRows(options: VirtualRowsOptions) {
  const { listId, rows, width, narrow, hidden, returns, current, onScrolled } = options
  const scroller = useRef<HTMLDivElement>(null)
  const { scrollTops } = useTabMemory()
  // Its functions change with each scroll; no compiler memoises this hook.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight(rows[index], width, narrow),
    getItemKey: (index) => rows[index]?.id ?? index,
    initialOffset: scrollTops.get(listId) ?? 0,
    // An event may come when the list is hidden already: then it has no place, and gets its own back without an event.
    observeElementOffset: (instance, onOffset) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        const isShown = instance.scrollElement?.clientHeight !== 0
        onOffset(isShown ? offset : (instance.scrollOffset ?? 0), isScrolling)
      }),
    overscan: 8,
    onChange: ({ scrollOffset, scrollRect }) => {
      // Before the first measure the rows have other heights.
      if (width === 0) return
      if (scrollOffset === null || scrollRect === null || scrollRect.height === 0) return
      scrollTops.set(listId, scrollOffset)
      onScrolled(scrollOffset > rowHeight(rows[0], width, narrow))
    },
  })

  // The browser forgets the scroll position of a hidden element, and before the first measure there may be no such place.
  const isMeasured = width > 0
  useLayoutEffect(() => {
    if (!hidden && isMeasured && scroller.current !== null)
      scroller.current.scrollTop = scrollTops.get(listId) ?? 0
  }, [hidden, isMeasured, listId, scrollTops])

  useEffect(() => {
    if (returns > 0) scroller.current?.scrollTo({ top: 0 })
  }, [returns])

  const showCurrent = useEffectEvent(() => {
    const row = virtual.measurementsCache[current]
    if (row !== undefined && scroller.current !== null) bringIntoView(scroller.current, row)
  })
  // Runs when another row becomes current or the row heights change, not when the current row moves.
  const currentId = rows[current]?.id
  useEffect(() => showCurrent(), [currentId, narrow])

  return { scroller, virtual }
}

/** Scrolls as little as possible to show the row. */
function bringIntoView(scroller: HTMLElement, { start, end }: { start: number; end: number }) {
  const { scrollTop, clientHeight } = scroller
  if (start < scrollTop) scroller.scrollTop = start
  if (end > scrollTop + clientHeight) scroller.scrollTop = end - clientHeight
}
