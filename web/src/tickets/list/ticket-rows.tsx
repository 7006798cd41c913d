import type { ListItem, ListQuery } from '@deskbell/client'
import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { EndOfList } from './end-of-list.tsx'
import { scrollMemory } from './scroll-memory.ts'
import { TicketRow } from './ticket-row.tsx'
import classes from './ticket-rows.module.css'
import { useGlows } from './use-glows.ts'
import { useHeardRows } from './use-heard-rows.ts'
import type { RowCursor } from './use-row-cursor.ts'
import type { Selection } from './use-selection.ts'
import type { Steady } from './use-steady-order.ts'

/** Below this width a row has two lines. */
const narrowPx = 640

export interface TicketRowsProps {
  listId: string
  query: ListQuery
  more: boolean
  steady: Steady
  selection: Selection | undefined
  cursor: RowCursor
  openRef: string | undefined
  hidden: boolean
  /** Grows when the list should go back to its top. */
  returns: number
  onScrolled: (scrolled: boolean) => void
}

/** The rows in view and a few around them: a list of thousands costs as much as one of thirty. */
export function TicketRows(props: TicketRowsProps) {
  const { listId, query, more, steady, selection, cursor, openRef } = props
  const { rows, gone } = steady
  const { ref: widthRef, width } = useElementSize()
  const narrow = width > 0 && width < narrowPx
  const { scroller, virtual } = useVirtualRows(props, narrow)
  const glows = useGlows()
  const heard = useHeardRows()
  const order = rows.map(({ id }) => id)
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0
  return (
    <div ref={scroller} className={classes['scroller']} data-list={listId}>
      <ol ref={widthRef} className={classes['rows']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <TicketRow
              key={key}
              row={gone.has(row.id) ? { ...row, ...heard.get(row.id) } : row}
              place={{ start, size, index, of: more ? -1 : rows.length }}
              narrow={narrow}
              gone={gone.has(row.id)}
              glowAt={glows.get(row.id)}
              open={row.id === openRef || String(row.number) === openRef}
              cursor={cursor}
              selection={selection}
              onExtend={() => selection?.extend(row.id, order)}
            />
          )
        })}
      </ol>
      <EndOfList query={query} more={more} wanted={last >= rows.length - 15} count={rows.length} />
    </div>
  )
}

function useVirtualRows(props: TicketRowsProps, narrow: boolean) {
  const { listId, steady, cursor, openRef, hidden, returns, onScrolled } = props
  const { rows } = steady
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
    onChange: (instance) => {
      const offset = instance.scrollOffset ?? 0
      if (scroller.current === null || scroller.current.offsetParent === null) return
      memory.set(listId, offset)
      onScrolled(offset > heightOf(rows[0], narrow))
    },
  })
  useMeasureAnew(virtual, rows, narrow)

  // Out of sight the browser forgets how far it was scrolled.
  useLayoutEffect(() => {
    if (!hidden && scroller.current !== null) scroller.current.scrollTop = memory.get(listId) ?? 0
  }, [hidden, listId, memory])

  useEffect(() => {
    if (returns > 0) scroller.current?.scrollTo({ top: 0 })
  }, [returns])

  const current = rows.findIndex(({ id, number }) =>
    openRef === undefined ? id === cursor.id : id === openRef || String(number) === openRef,
  )
  const showCurrent = useEffectEvent(() => {
    const row = virtual.measurementsCache[current]
    if (row !== undefined && scroller.current !== null) bringIntoView(scroller.current, row)
  })
  // When someone moves to another row; not when that row moves.
  const currentId = rows[current]?.id
  useEffect(() => showCurrent(), [currentId])

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

function useMeasureAnew(
  virtual: { measure: () => void },
  rows: readonly ListItem[],
  narrow: boolean,
) {
  useLayoutEffect(() => virtual.measure(), [virtual, rows, narrow])
}
