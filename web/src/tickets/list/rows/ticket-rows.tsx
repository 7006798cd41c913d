import type { ListItem, ListQuery } from '@deskbell/client'
import { useCallbackRef } from '@mantine/hooks'
import { useEffect } from 'react'
import type { FocusEvent, RefObject } from 'react'
import { useShowRows } from '../../../live/use-presence.ts'
import { EndOfList } from './end-of-list.tsx'
import { LostRow } from '../row/lost-row.tsx'
import { TicketRow } from '../row/ticket-row.tsx'
import classes from './ticket-rows.module.css'
import { titleLines } from './row-height.ts'
import { currentRow } from './current-row.ts'
import { useGlows } from './use-glows.ts'
import { useListWidth } from './use-list-width.ts'
import { useTouchedRows } from './use-touched-rows.ts'
import type { RowCursor } from './use-row-cursor.ts'
import type { Selection } from '../bulk/use-selection.ts'
import type { Steady } from './use-steady-order.ts'
import { useVirtualRows } from './use-virtual-rows.ts'

export interface TicketRowsProps {
  listId: string
  query: ListQuery
  more: boolean
  steady: Steady
  selection: Selection | undefined
  cursor: RowCursor
  openRef: string | undefined
  hidden: boolean
  /** Grows when the list should scroll back to its top. */
  returns: number
  onScrolled: (scrolled: boolean) => void
}

/** Renders the visible rows and a few around them: a list of thousands costs as much as one of thirty. */
export function TicketRows(props: TicketRowsProps) {
  const { listId, query, more, steady, selection, cursor, openRef } = props
  const { rows, gone } = steady
  const { ref: widthRef, width, narrow } = useListWidth<HTMLOListElement>()
  const current = currentRow(rows, cursor, openRef)
  const { scroller, virtual } = useVirtualRows({ ...props, rows, width, narrow, current })
  const glows = useGlows()
  const touched = useTouchedRows()
  const actions = useRowActions(props)
  const shown = virtual.getVirtualItems()
  useRowFocus(scroller, rows, cursor)
  useShowRows(props.hidden ? [] : shown.flatMap(({ index }) => rows[index]?.id ?? []))
  return (
    <div ref={scroller} className={classes['scroller']} data-list={listId}>
      {/* The rows' links and checkboxes get the focus; the list follows it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol
        ref={widthRef}
        className={classes['rows']}
        style={{ height: virtual.getTotalSize() }}
        onFocus={actions.onFocus}
      >
        {shown.map(({ index, start, size, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          const { id } = row
          const news = gone.has(id) ? touched.get(id) : undefined
          if (news === 'lost') return <LostRow key={key} start={start} size={size} />
          return (
            <TicketRow
              key={key}
              row={news === undefined ? row : { ...row, ...news }}
              start={start}
              size={size}
              index={index}
              of={more ? -1 : rows.length}
              narrow={narrow}
              lines={titleLines(row.title, width, narrow)}
              gone={gone.has(id)}
              glowAt={glows.get(id)}
              open={openRef !== undefined && index === current}
              selected={selection?.ids.has(id)}
              selecting={(selection?.ids.size ?? 0) > 0}
              onToggle={actions.onToggle}
              onExtend={actions.onExtend}
            />
          )
        })}
      </ol>
      <EndOfList
        query={query}
        more={more}
        wanted={(shown.at(-1)?.index ?? 0) >= rows.length - 15}
        count={rows.length}
      />
    </div>
  )
}

/** The keyboard goes to the row to which the cursor moved, once that is there. The rows themselves do not render. */
function useRowFocus(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly ListItem[],
  { id, takesFocus }: RowCursor,
) {
  useEffect(() => {
    const row = rows.find((one) => one.id === id)
    if (row === undefined) return
    const link = scroller.current?.querySelector<HTMLElement>(`li[data-number="${row.number}"] a`)
    if (link && takesFocus(row.id)) link.focus({ preventScroll: true })
  })
}

/** The functions keep their identity, so that a row renders again only when it changed. */
function useRowActions({ steady, selection, cursor }: TicketRowsProps) {
  return {
    onFocus: useCallbackRef(({ target }: FocusEvent) => {
      const number = target.closest('li')?.dataset['number']
      const row = steady.rows.find((one) => String(one.number) === number)
      if (row !== undefined && !steady.gone.has(row.id)) cursor.follow(row.id)
    }),
    onToggle: useCallbackRef((id: string) => {
      // Not every browser focuses a checkbox that is clicked.
      cursor.follow(id)
      selection?.toggle(id)
    }),
    onExtend: useCallbackRef((id: string) => {
      const order = steady.rows.map((row) => row.id)
      selection?.extend(id, order)
    }),
  }
}
