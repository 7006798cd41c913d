import { z } from 'zod'
import { limits } from './limits.ts'
import { Id, Seq, Time } from './people.ts'
import { TicketRow } from './tickets.ts'
import { notificationReasons } from './vocabulary.ts'

export const Reason = z.enum(notificationReasons)

/** What concerns the reader on one ticket. What is done is left out of `reasons` and `unread`. */
export const Notification = z.strictObject({
  ticketId: Id,
  /** Why the newest event that concerns the reader does. */
  reason: Reason,
  /** When that event happened. */
  at: Time,
  /** For each reason the number of its newest event. */
  reasons: z.partialRecord(Reason, Seq),
  /** Its place in the order, unique: the number of that event, or of the later one with which it became unread again. */
  seq: Seq,
  /** The numbers of the unread events, the newest first. */
  unread: z.array(Seq).max(limits.unreadEvents),
  /** Everything up to `seq` is done. */
  done: z.boolean(),
  /** Until then it is not shown, unless something urgent, an assignment or a mention comes. */
  snoozedUntil: Time.nullable(),
  /** Nothing new comes. */
  muted: z.boolean(),
})

/** A notification, and the row of its ticket. */
export const NotificationItem = Notification.extend({ ticket: TicketRow })

/** What a client needs of a notification to keep count. */
export const CountedNotification = Notification.pick({
  ticketId: true,
  unread: true,
  snoozedUntil: true,
})
