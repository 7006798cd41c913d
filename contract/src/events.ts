import { z } from 'zod'
import { DeskSettings } from './desk-settings-schema.ts'
import { Notification, Reason } from './notifications.ts'
import { Account, ActorRef, Id, PersonRef, Seq, Settings, Time } from './people.ts'
import { Timings } from './presence.ts'
import { Tag } from './tags.ts'
import {
  AfterDays,
  Attachment,
  Changes,
  Comment,
  FilterFields,
  PriorityName,
  StatusName,
  Ticket,
  TicketRow,
} from './tickets.ts'

/** A place in the log: the number of its last event and that event's random tag. */
export const Position = z.strictObject({ seq: Seq, tag: z.string() })

/** What a client may send when it connects: its cursor. */
export const HandshakeAuth = z.object({ cursor: Position.optional() })

/** Comes beside the data of every durable event. */
export const Meta = z.strictObject({
  /** This event's position. */
  seq: Seq,
  tag: z.string(),
  /** The position that the server sent to this socket last. If it is not the client's cursor, there is a hole. */
  after: Seq,
  /**
   * The ticket's version as the reader sees it after this event; null when the event does not change a ticket's
   * state.
   */
  version: Seq.nullable(),
  /** Null: nobody was signed in, or the reader may not know who acted. */
  actor: ActorRef.nullable(),
  at: Time,
  /** The Idempotency-Key of the change. */
  commandId: Id.optional(),
  /** Present on events of tickets that the reader raised or watches. */
  participant: z.literal(true).optional(),
  /** Why the event concerns the reader. Absent: it does not. */
  reason: Reason.optional(),
  /** Beside `reason`: the notification is snoozed, and stays so (`on`), or this event ends that. */
  snooze: z.enum(['on', 'ended']).optional(),
  /** Present while the client catches up. */
  replayed: z.literal(true).optional(),
})

/** On every event that changes a ticket: its row after the event, and its filter fields before it. */
const ticketState = { ticketId: Id, ticket: TicketRow, before: FilterFields }

/** The data of every durable event, by name. One line an event. */
export const events = {
  'ticket:created': z.strictObject({ ticketId: Id, ticket: Ticket }),
  'ticket:updated': z.strictObject({ ...ticketState, changes: Changes, updatedBy: PersonRef }),
  'ticket:statusChanged': z.strictObject({
    ...ticketState,
    oldStatus: StatusName,
    newStatus: StatusName,
    afterDays: AfterDays.optional(),
  }),
  'ticket:priorityChanged': z.strictObject({
    ...ticketState,
    oldPriority: PriorityName,
    newPriority: PriorityName,
  }),
  'ticket:commentAdded': z.strictObject({ ...ticketState, comment: Comment }),
  'ticket:commentEdited': z.strictObject({ ...ticketState, comment: Comment }),
  'ticket:commentDeleted': z.strictObject({ ...ticketState, comment: Comment }),
  'ticket:attachmentAdded': z.strictObject({
    ...ticketState,
    attachment: Attachment,
    uploadedBy: PersonRef,
  }),
  'ticket:attachmentDeleted': z.strictObject({
    ...ticketState,
    attachmentId: Id,
    name: z.string(),
    internal: z.boolean(),
    /**
     * The comment with which the file came; its removal then adds no line to the timeline. Null: it was attached to
     * the ticket.
     */
    commentId: Id.nullable(),
    deletedBy: PersonRef,
  }),
  'ticket:urgent': z.strictObject({
    number: z.int(),
    oldPriority: PriorityName.nullable(),
    newPriority: PriorityName,
  }),
  'ticket:seen': z.strictObject({ ticketId: Id, seen: Seq }),
  'ticket:looked': z.strictObject({
    ticketId: Id,
    /** How many of the staff have looked: the event comes with the first. */
    eyes: z.literal(1),
  }),
  'notification:changed': z.union([
    /** One notification of the reader, as it is now. */
    z.strictObject({ ticketId: Id, notification: Notification }),
    /** Everything up to this number is done. It `was` another number before, maybe a later one. */
    z.strictObject({ doneUpTo: Seq, was: Seq }),
  ]),
  'access:gained': z.strictObject({ ticketId: Id }),
  'access:lost': z.strictObject({ ticketId: Id, before: FilterFields }),
  'session:ended': z.strictObject({
    personId: Id,
    sessionIds: z.array(Id),
    reason: z.enum([
      'signedOut',
      /** The person ended it from another of their sessions. */
      'signedOutElsewhere',
      /** The person reached the limit of sessions, and this one was the least recently used. */
      'tooMany',
      /** Someone, maybe the same person, signed in in the same browser. */
      'replaced',
      'passwordChanged',
      'roleChanged',
      'deactivated',
      'ended',
    ]),
  }),
  'tag:changed': z.strictObject({ tag: Tag, deleted: z.literal(true).optional() }),
  'person:changed': z.strictObject({
    person: PersonRef,
    /**
     * How many active tickets are assigned to this person, at this position. Only staff get it: other people see only
     * some of these tickets.
     */
    assignedActive: z.int().optional(),
    wasAssignable: z.boolean(),
  }),
  'person:accountChanged': z.strictObject({ account: Account }),
  'person:settingsChanged': z.strictObject({ settings: Settings }),
  'settings:changed': z.strictObject({ settings: DeskSettings }),
} as const

export type EventName = keyof typeof events
export type EventData<N extends EventName = EventName> = z.infer<(typeof events)[N]>

/** Messages about the stream itself. They are not part of the log. */
export const syncEvents = {
  /**
   * The first message on every connection. `head` is the last event in the log; a replay ends at a position equal to
   * it.
   */
  'sync:ready': z.strictObject({
    mode: z.enum(['live', 'resume', 'resync']),
    seq: Seq,
    tag: z.string(),
    head: Seq,
    /** The person whose connection this is. */
    personId: Id,
    timings: Timings,
    reason: z.enum(['unknown', 'pruned', 'tooFar', 'tooOld', 'malformed']).optional(),
  }),
  /** There is nothing for this socket between `after` and `seq`. */
  'sync:position': z.strictObject({ seq: Seq, tag: z.string(), after: Seq }),
  /** The server is stopping: connect again after `retryInMs`. */
  'sync:restarting': z.strictObject({ retryInMs: z.int() }),
  /** The server cannot confirm the log and closes this socket: connect again after `retryInMs`. */
  'sync:unavailable': z.strictObject({ retryInMs: z.int() }),
  /** The server refused a message from this client. */
  'sync:refused': z.strictObject({ code: z.string(), message: z.string() }),
} as const
export type SyncName = keyof typeof syncEvents
