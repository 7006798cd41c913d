import type { TicketRow } from '@deskbell/contract'
import { useState } from 'react'
import { useAppliedEvents } from '../../../live/use-applied-events.ts'

/** More rows than can wait under a pointer. */
const atMost = 200

/** A ticket's newest row, or `lost`: the reader may not see it any more. */
type TouchedRow = TicketRow | 'lost'

/** The rows that events carried, by ticket id, for rows that have left the list but not the screen. */
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
