import type { PersonRef, TicketRow } from './types.ts'
import { activeStatuses } from './vocabulary.ts'

/** The sides of a ticket's conversation. */
export type Side = 'team' | 'requester'

/** The side of a person on a ticket: staff are the team, also of a ticket that they watch; its creator asks. */
export function sideOf(
  { id, staff }: Pick<PersonRef, 'id' | 'staff'>,
  { creator }: Pick<TicketRow, 'creator'>,
): Side {
  return staff && id !== creator.id ? 'team' : 'requester'
}

/**
 * Who is to answer a ticket: the side that did not write last. A ticket that staff set to waiting waits for the requester.
 * Null: nobody is, it is resolved or closed. Internal notes are no part of the conversation.
 */
export function turnOf(row: Pick<TicketRow, 'status' | 'creator' | 'lastAuthor'>): Side | null {
  if (!activeStatuses.includes(row.status)) return null
  if (row.status === 'waiting') return 'requester'
  return sideOf(row.lastAuthor, row) === 'team' ? 'requester' : 'team'
}
