import type { Notification } from './types.ts'
import type { NotificationFilter } from './vocabulary.ts'

/**
 * Whether a notification belongs on a page with this filter. Without a filter: what is not done, and what is snoozed. The
 * server's SQL applies the same rules.
 */
export function matchesNotificationFilter(
  filter: NotificationFilter | undefined,
  { done, snoozedUntil, unread, reasons }: Notification,
): boolean {
  const isSnoozed = snoozedUntil !== null
  const isAwake = !done && !isSnoozed
  switch (filter) {
    case undefined:
      return !done || isSnoozed
    case 'unread':
      return isAwake && unread.length > 0
    case 'mentions':
      return isAwake && reasons.mentioned !== undefined
    case 'assigned':
    case 'urgent':
      return isAwake && reasons[filter] !== undefined
    case 'snoozed':
      return isSnoozed
    case 'done':
      return done && !isSnoozed
  }
}

/** Unread first, then the newest. */
export function compareNotifications(a: Notification, b: Notification): number {
  const isUnread = ({ unread }: Notification) => Number(unread.length > 0)
  return isUnread(b) - isUnread(a) || b.seq - a.seq
}
