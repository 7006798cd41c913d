import { sql } from 'kysely'
import type { ActorRef, Body, EventData, EventName, Position } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
import type { Tx } from '../database/types.ts'
import type { Concern } from './concerns.ts'

/** Who may see an event. `participants`: `people` and staff. `others`: everyone except `people` and staff. */
export type Audience = 'participants' | 'staff' | 'super_admins' | 'people' | 'others' | 'everyone'

/** A line of the ticket's history. It stores people by id: a reader sees their current names. */
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

/** The ticket's row in an event of this name; never, if it has none. */
export type TicketOf<N extends EventName> =
  EventData<N> extends { ticket: infer T extends object } ? T : never

interface NewEventOf<N extends EventName> {
  name: N
  data: N extends 'notification:changed'
    ? NotificationEdit
    : Omit<EventData<N>, 'ticket' | 'assignedActive'>
  audience: Audience
  people: readonly string[]
  ticketId?: string
  /** The ticket's row after the event, as people on the ticket and as staff see it. An event has both or neither. */
  ticket?: TicketOf<N>
  staffTicket?: TicketOf<N>
  timeline?: TimelineLine
  /** The people whom its text mentions and the text before it did not. */
  mentioned?: readonly string[]
  /** Whom it concerns. The log leaves out who acts, who is not active, who may not see it, and who muted the ticket. */
  notify?: readonly Concern[]
  /**
   * People who became readers of the ticket by the change, and who are readers no longer; in an event of a person, who sees
   * no ticket any more as before. What has left has no notifications.
   */
  joined?: readonly string[]
  left?: readonly string[]
}

/** What a person does with a notification, or with all of them. The log makes the data of the event of it. */
export type NotificationEdit =
  | ({ ticketId: string } & Body<'editNotification'>)
  | { doneUpTo: number }

/** An event to append. `assignedActive` is added when the event is appended, `ticket` when it is sent to a reader. */
export type NewEvent<N extends EventName = EventName> = { [K in N]: NewEventOf<K> }[N]

/**
 * Appends the events of a change in the transaction of the change: every change has its event, and no event describes a
 * change that was rolled back. This is always the last step of a change, because the log's row stays locked from here
 * to COMMIT.
 */
export async function appendEvents(
  tx: Tx,
  actor: ActorRef | null,
  commandId: string | null,
  events: readonly NewEvent[],
): Promise<Position> {
  const [last] = await appended(tx, appendedValues(actor, commandId, events))
  if (last === undefined) throw new Error('append_events returned nothing')
  return last
}

const appended = statement(
  (_db, values: AppendedValues) =>
    sql<Position>`select last_seq as seq, last_tag as tag from ${appending(values)}`,
)

export interface AppendedValues {
  actor: string | null
  commandId: string | null
  events: string
}

/** The same append as SQL, for a statement that first writes something else. */
export function appending({ actor, commandId, events }: AppendedValues) {
  return sql`append_events(${actor}::jsonb, ${commandId}::uuid, ${events}::jsonb)`
}

export function appendedValues(
  actor: ActorRef | null,
  commandId: string | null,
  events: readonly NewEvent[],
): AppendedValues {
  return {
    actor: actor === null ? null : JSON.stringify(actor),
    commandId,
    events: JSON.stringify(events),
  }
}
