import type { TicketRow } from '@deskbell/contract'
import { useState } from 'react'
import { useAppliedEvents } from '../../../live/use-applied-events.ts'

/** More rows than anybody keeps waiting under a pointer. */
const atMost = 200

/** A ticket's newest state, or that it is not the reader's to see any more. */
type TouchedRow = TicketRow | 'lost'

/** What was heard of tickets, by id: for rows that left the list, but not yet the screen. */
export function useTouchedRows(): ReadonlyMap<string, TouchedRow> {
  const [rows, setRows] = useState<ReadonlyMap<string, TouchedRow>>(new Map())

  function remember(id: string, row: TouchedRow) {
    setRows((before) => new Map([...before, [id, row] as const].slice(-atMost)))
  }

  useAppliedEvents(({ event: { name, data } }) => {
    if (name === 'access:lost') remember(data.ticketId, 'lost')
    else if ('ticket' in data) remember(data.ticket.id, data.ticket)
  })
  return rows
}
