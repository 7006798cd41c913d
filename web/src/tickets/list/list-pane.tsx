import { listKey } from '@deskbell/client'
import type { ListItem } from '@deskbell/client'
import { mayTriage } from '@deskbell/contract'
import { useCallbackRef } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { NextTicket } from '../next-ticket.ts'
import { useList } from '../../live/use-list.ts'
import { useTabMemory } from '../../live/tab-memory.ts'
import { isChangedHere } from '../changes/own-changes.ts'
import { useMe } from '../../live/use-me.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { currentRow, isOpenRow } from './rows/current-row.ts'
import { FilterBar } from './filter/filter-bar.tsx'
import { ListBody } from './list-body.tsx'
import { ListHeader } from './list-header.tsx'
import classes from './list-pane.module.css'
import { ListShortcuts } from './list-shortcuts.tsx'
import { NewsBar } from './news-bar.tsx'
import { toListQuery } from './filter/to-list-query.ts'
import { useBusyHands } from './rows/use-busy-hands.ts'
import { useListSearch } from './filter/use-list-search.ts'
import { useRowCursor } from './rows/use-row-cursor.ts'
import { useKeptPlace } from './rows/use-kept-place.ts'
import { useSelection } from './bulk/use-selection.ts'
import { useSteadyOrder } from './rows/use-steady-order.ts'
import { useWayBack } from './use-way-back.ts'

const BulkBar = lazyPart(() => import('./bulk/bulk-bar.tsx'), 'BulkBar')
const RowMenus = lazyPart(() => import('./row/row-menus.tsx'), 'RowMenus')

interface ListPaneProps {
  /** The number or the id of the open ticket. */
  openRef: string | undefined
  /** Invisible behind the ticket, but keeps its scroll position. */
  hidden: boolean
  next: NextTicket
}

export function ListPane({ openRef, hidden, next }: ListPaneProps) {
  const me = useMe()
  const memory = useTabMemory()
  const navigate = useNavigate()
  const [search] = useListSearch()
  const query = toListQuery(search)
  const key = listKey(query)
  const list = useList(query)
  const selection = useSelection(key)
  const cursor = useRowCursor()
  const hands = useBusyHands()
  const [scrolled, setScrolled] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const busy = hands.busy || selection.ids.size > 0 || scrolled || choosing
  const steady = useSteadyOrder(key, list.items, busy)
  const { rows, gone } = steady
  const present = useMemo(() => rows.filter(({ id }) => !gone.has(id)), [rows, gone])
  useWayBack(openRef, present, cursor)
  useKeptPlace({
    key,
    rows: present,
    current: present[currentRow(present, cursor, openRef)]?.id ?? cursor.id,
    held: choosing,
    onLeft(left, to) {
      // Of a ticket that someone else closed, the reader may still be reading.
      const isOwn = isChangedHere(memory, left.id)
      if (isOpenRow(left, openRef) && isOwn && me.settings.autoAdvance) void openNext(to)
      else cursor.backTo(to.id)
    },
  })
  const [returns, setReturns] = useState(0)
  const chosen = mayTriage(me) ? selection : undefined
  function openNext({ number }: ListItem) {
    const params = { ref: String(number) }
    return navigate({ to: '/tickets/$ref', params, search: true, replace: true })
  }

  const openAfter = useEffectEvent(() => {
    const at = currentRow(present, cursor, openRef)
    // If the open ticket has left the list, the cursor is on the row that took its place.
    const row = at < 0 ? present.find(({ id }) => id === cursor.id) : present[at + 1]
    if (row !== undefined) void openNext(row)
  })
  useEffect(() => {
    next.offer(() => openAfter())
  }, [next])

  /** The keyboard goes back to its row, or to the first. */
  function backToRow() {
    const id = cursor.id ?? rows[0]?.id
    if (id !== undefined) cursor.to(id)
  }

  const leaveSearch = useCallbackRef(() => cursor.id !== undefined && cursor.backTo(cursor.id))

  // A search may still be on its way when its results are asked for.
  const [wanted, setWanted] = useState<string>()
  const enterResults = useCallback((term: string | undefined) => setWanted(term ?? ''), [])
  const first = present[0]?.id
  if (wanted !== undefined && wanted === (search.q ?? '') && list.status === 'ready') {
    setWanted(undefined)
    if (first !== undefined) cursor.to(first)
  }

  function letGo() {
    steady.letGo()
    setReturns((count) => count + 1)
  }
  const chosenRows = {
    row: rows[currentRow(rows, cursor, openRef)],
    selected: rows.filter(({ id }) => selection.ids.has(id)),
    onOpen: () => setChoosing(true),
    onClose: () => {
      setChoosing(false)
      backToRow()
    },
  }
  return (
    <section className={classes['pane']} aria-label="Tickets" hidden={hidden}>
      <ListHeader
        isPage={openRef === undefined}
        status={list.status}
        count={list.items.length}
        more={list.more}
        onResults={enterResults}
        onLeave={leaveSearch}
      />
      <FilterBar />
      <div className={classes['body']} {...hands.watch}>
        <NewsBar
          query={query}
          list={list}
          steady={steady}
          isPage={openRef === undefined}
          onLetGo={letGo}
        />
        <ListBody
          key={key}
          listId={key}
          list={list}
          steady={steady}
          selection={chosen}
          cursor={cursor}
          openRef={openRef}
          hidden={hidden}
          returns={returns}
          onScrolled={setScrolled}
        />
        <Suspense fallback={null}>
          {selection.ids.size > 0 && (
            <BulkBar rows={rows} selection={selection} onChanged={backToRow} />
          )}
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {!hidden && openRef === undefined && (
          <RowMenus {...chosenRows} onChanged={selection.clear} />
        )}
      </Suspense>
      <ListShortcuts
        rows={present}
        cursor={cursor}
        selection={chosen}
        openRef={openRef}
        enabled={!hidden}
      />
    </section>
  )
}
