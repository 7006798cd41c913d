import { sql } from 'kysely'
import type { EventData, EventName, PersonRef, Position } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
import type { Tx } from '../database/types.ts'

/** Who may see an event. `participants`: `people` and staff. `others`: everyone but `people` and staff. */
export type Audience = 'participants' | 'staff' | 'super_admins' | 'people' | 'others'

/** A line of the ticket's history, with people as ids: names are those of the day it is read. */
export interface TimelineLine {
  kind:
    | 'created'
    | 'comment'
    | 'updated'
    | 'status'
    | 'priority'
    | 'attachmentAdded'
    | 'attachmentDeleted'
  commentId?: string
  data?: Record<string, unknown>
  people?: readonly string[]
}

/** An event to be written. What of its data depends on the reader or on its number is filled in when it is sent. */
export interface NewEvent<N extends EventName = EventName> {
  name: N
  data: Omit<EventData<N>, 'ticket' | 'assignedActive'>
  audience: Audience
  people: readonly string[]
  ticketId?: string
  /** The row after the event for people on the ticket and for staff; both or neither. */
  ticket?: unknown
  staffTicket?: unknown
  timeline?: TimelineLine
}

/**
 * Writes the events that account for a change, in the transaction that makes it: nothing changes without its event, and
 * no event describes a change that was rolled back. Always the last thing a change does, because the log's counter
 * stays locked from here to COMMIT.
 */
export async function appendEvents(
  tx: Tx,
  actor: PersonRef | null,
  commandId: string | null,
  events: readonly NewEvent[],
): Promise<Position> {
  const [last] = await appended(tx, appendedValues(actor, commandId, events))
  if (last === undefined) throw new Error('append_events returned nothing')
  return last
}

const appended = statement(
  (_db, given: AppendedValues) =>
    sql<Position>`select last_seq as seq, last_tag as tag from ${appending(given)}`,
)

export interface AppendedValues {
  actor: string | null
  commandId: string | null
  events: string
}

/** SQL for the same, to be the last part of a statement that does something before. */
export function appending({ actor, commandId, events }: AppendedValues) {
  return sql`append_events(${actor}::jsonb, ${commandId}::uuid, ${events}::jsonb)`
}

export function appendedValues(
  actor: PersonRef | null,
  commandId: string | null,
  events: readonly NewEvent[],
): AppendedValues {
  return {
    actor: actor === null ? null : JSON.stringify(actor),
    commandId,
    events: JSON.stringify(events),
  }
}
