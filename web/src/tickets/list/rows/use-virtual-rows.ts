import type { ListItem } from '@deskbell/client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { scrollMemory } from './scroll-memory.ts'

interface VirtualRowsOptions {
  listId: string
  rows: readonly ListItem[]
  narrow: boolean
  hidden: boolean
  /** Grows when the list should go back to its top. */
  returns: number
  /** The row someone is on. */
  current: number
  onScrolled: (scrolled: boolean) => void
}

/** Which rows are in view, and the scrolling: kept while out of sight and after an absence. */
export function useVirtualRows(options: VirtualRowsOptions) {
  const { listId, rows, narrow, hidden, returns, current, onScrolled } = options
  const scroller = useRef<HTMLDivElement>(null)
  const memory = scrollMemory(useDesk())
  // Its functions change with each scroll; nothing here is memoised by a compiler.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index], narrow),
    getItemKey: (index) => rows[index]?.id ?? index,
    initialOffset: memory.get(listId) ?? 0,
    overscan: 8,
    onChange: ({ scrollOffset, scrollRect }) => {
      if (scrollOffset === null || scrollRect === null || scrollRect.height === 0) return
      memory.set(listId, scrollOffset)
      onScrolled(scrollOffset > heightOf(rows[0], narrow))
    },
  })

  // Out of sight the browser forgets how far it was scrolled.
  useLayoutEffect(() => {
    if (!hidden && scroller.current !== null) scroller.current.scrollTop = memory.get(listId) ?? 0
  }, [hidden, listId, memory])

  useEffect(() => {
    if (returns > 0) scroller.current?.scrollTo({ top: 0 })
  }, [returns])

  const showCurrent = useEffectEvent(() => {
    const row = virtual.measurementsCache[current]
    if (row !== undefined && scroller.current !== null) bringIntoView(scroller.current, row)
  })
  // When someone moves to another row, or the rows change their height; not when that row moves.
  const currentId = rows[current]?.id
  useEffect(() => showCurrent(), [currentId, narrow])

  return { scroller, virtual }
}

/** As little scrolling as shows the row. */
function bringIntoView(scroller: HTMLElement, { start, end }: { start: number; end: number }) {
  const { scrollTop, clientHeight } = scroller
  if (start < scrollTop) scroller.scrollTop = start
  if (end > scrollTop + clientHeight) scroller.scrollTop = end - clientHeight
}

/** Rows differ in height: two lines where it is narrow, one more for what a search found. */
function heightOf(row: ListItem | undefined, narrow: boolean): number {
  const found = row?.matches?.some((match) => match.in !== 'title') ?? false
  return (narrow ? 60 : 44) + (found ? 16 : 0)
}
