import { z } from 'zod'
import { limits } from './limits.ts'
import { CountedNotification, Notification, NotificationItem } from './notifications.ts'
import type { RouteName } from './paths.ts'
import { GivenId, Seq, Time } from './people.ts'
import { at } from './route.ts'
import type { Route } from './route.ts'
import { pageSize } from './ticket-routes.ts'
import { notificationFilters } from './vocabulary.ts'

/** Calls about what concerns the reader. */
export const notificationRoutes = {
  notifications: {
    summary:
      'A page of what concerns you, by ticket, unread first, then the newest. Without a filter: what is not done, and what is ' +
      'snoozed.',
    query: z.strictObject({
      filter: z.enum(notificationFilters).optional(),
      /** `next` of the page before. */
      after: z
        .string()
        .regex(/^[ur][0-9]{1,15}$/)
        .optional(),
      limit: pageSize,
    }),
    reply: z.strictObject({
      ...at,
      items: z.array(NotificationItem),
      next: z.string().nullable(),
      /** Everything up to this number is done. */
      doneUpTo: Seq,
    }),
  },
  notificationCount: {
    summary:
      'How many tickets have something unread that concerns you, and is neither done nor snoozed.',
    reply: z.strictObject({
      ...at,
      count: z.int(),
      doneUpTo: Seq,
      /** What is unread, and what is snoozed: the newest, at most 500. */
      notifications: z.array(CountedNotification).max(limits.countedNotifications),
      /** There are more. */
      more: z.boolean(),
    }),
  },
  editNotification: {
    summary:
      'Say that a notification is done up to an event (a smaller number takes it back), mark it as unread or read, snooze it, ' +
      'mute its ticket.',
    params: z.strictObject({ ticketId: GivenId }),
    body: z.strictObject({
      doneUpTo: Seq.optional(),
      unread: z.boolean().optional(),
      /** Null ends it. */
      snoozedUntil: Time.nullable().optional(),
      muted: z.boolean().optional(),
    }),
    reply: z.strictObject({ ...at, notification: Notification }),
  },
  finishNotifications: {
    summary:
      'Everything up to an event is done, but for what is snoozed. A smaller number than before takes that back.',
    body: z.strictObject({ upTo: Seq }),
    reply: z.strictObject({ ...at, doneUpTo: Seq }),
  },
} as const satisfies Partial<Record<RouteName, Route>>
