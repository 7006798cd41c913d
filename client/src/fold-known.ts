import type { DeskEvent, TicketRow } from '@deskbell/contract'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'

/** The last that is known of a ticket, from wherever it was learned. */
export interface Known {
  /** Undefined: the reader may not see it any more, or nothing was heard but how far they have seen it. */
  row: TicketRow | undefined
  isLost: boolean
  /** How far the reader has seen it. */
  seen: number
  /** The position this stands for. */
  seq: number
}

/** What is known of a ticket after an event. Undefined: the event tells nothing of a ticket never heard of. */
export function foldKnown(
  known: Known | undefined,
  event: DeskEvent,
  meId: string,
): Known | undefined {
  const { seq, version } = event.meta
  if (known !== undefined && seq <= known.seq) return known
  // Whatever the event is called: one that only a later version knows brings the row as well.
  if ('ticket' in event.data) {
    const keeps = keepsSeen(known, event, meId)
    const seen = keeps ? (version ?? seq) : (known?.seen ?? 0)
    return { row: rowOf(event.data.ticket), isLost: false, seen, seq }
  }
  switch (event.name) {
    case 'ticket:seen':
      // Only who may see a ticket can look at it, so it was given back.
      return { row: known?.row, isLost: false, seen: event.data.seen, seq }
    case 'access:lost':
      return { row: undefined, isLost: true, seen: 0, seq }
    case 'person:changed': {
      if (known?.row === undefined) return known
      const row = patchPerson(known.row, event.data.person)
      return row === known.row ? known : { ...known, row, seq }
    }
    default:
      return known
  }
}

/** Acting on a ticket one had seen keeps it seen. The server has the same rule. */
function keepsSeen(known: Known | undefined, { name, meta }: DeskEvent, meId: string): boolean {
  if (meta.actor?.id !== meId) return false
  if (name === 'ticket:created') return true
  // Without a row it is not known whether all of the ticket was seen: better once too often unread than once too little.
  return known?.row !== undefined && known.seen >= known.row.version
}
