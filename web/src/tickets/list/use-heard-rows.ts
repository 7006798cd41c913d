import type { TicketRow } from '@deskbell/contract'
import { useState } from 'react'
import { useHeard } from '../../live/use-heard.ts'

/** More rows than anybody keeps waiting under a pointer. */
const atMost = 200

/** The newest state of the tickets heard of, by id: for rows that left the list, but not yet the screen. */
export function useHeardRows(): ReadonlyMap<string, TicketRow> {
  const [rows, setRows] = useState<ReadonlyMap<string, TicketRow>>(new Map())
  useHeard(({ event }) => {
    if (!('ticket' in event.data)) return
    const { ticket } = event.data
    setRows((before) => new Map([...before, [ticket.id, ticket] as const].slice(-atMost)))
  })
  return rows
}
