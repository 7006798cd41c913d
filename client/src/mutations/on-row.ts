import type { DeskEvent, Position, TicketItem } from '@deskbell/contract'
import { mergeRow } from '../cache/apply-replies.ts'
import type { Core } from '../core.ts'

/** Merges the row of a ticket that a reply brings. */
export function onRow({ store }: Core) {
  return (
    { ticket, seq }: Position & { ticket: TicketItem | null },
    later: readonly DeskEvent[],
  ): void => {
    if (ticket !== null) mergeRow(store, ticket, seq, later)
  }
}
