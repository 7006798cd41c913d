import { isBy } from '@deskbell/contract'
import type { DeskEvent, TicketRow } from '@deskbell/contract'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'

/** The newest row of a ticket, whether a reply or an event brought it. */
export interface CachedRow {
  /** Undefined: the reader lost access, or only `seen` is known. */
  row: TicketRow | undefined
  isLost: boolean
  /** The version up to which the reader has seen the ticket. */
  seen: number
  /** `seen` is a guess until a reply tells it: an event of the system brought the row of an unknown ticket. */
  isSeenGuessed?: boolean | undefined
  /** The number of the event that the row stands for. */
  seq: number
}

/** Updates a row. Undefined: the ticket is unknown, and the event does not bring its row. */
export function foldRow(
  known: CachedRow | undefined,
  event: DeskEvent,
  meId: string,
): CachedRow | undefined {
  const { seq, version } = event.meta
  if (known !== undefined && seq <= known.seq) return known
  // This holds for every name: an event that only a later version knows brings the row, too.
  if ('ticket' in event.data) {
    const keeps = keepsSeen(known, event, meId)
    const seen = keeps ? (version ?? seq) : (known?.seen ?? 0)
    const isGuess = keeps && known?.row === undefined && event.name !== 'ticket:created'
    const isSeenGuessed = isGuess || known?.isSeenGuessed
    return { row: rowOf(event.data.ticket), isLost: false, seen, isSeenGuessed, seq }
  }
  switch (event.name) {
    case 'ticket:seen':
      // Only a person with access can look at a ticket, so the reader has access again.
      return { row: known?.row, isLost: false, seen: event.data.seen, seq }
    case 'ticket:looked':
      if (known?.row === undefined) return known
      return { ...known, row: { ...known.row, looked: true }, seq }
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

/**
 * A person who changes a ticket that they have seen completely has still seen it completely; so has everyone after a
 * change by the system. The server has the same rules.
 */
function keepsSeen(known: CachedRow | undefined, { name, meta }: DeskEvent, meId: string): boolean {
  const isBySystem = meta.actor?.kind === 'system'
  if (!isBySystem && !isBy(meta.actor, meId)) return false
  if (name === 'ticket:created') return true
  // Without a row nobody knows whether the ticket was seen completely. A person's ticket then stays unread; the system
  // makes none unread.
  if (known?.row === undefined) return isBySystem
  return known.seen >= known.row.version
}
