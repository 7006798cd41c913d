import type { DeskEvent, Notification, Reply } from '@deskbell/contract'
import { editedNotification, finished, foldNotification } from '../cache/fold-notification.ts'
import type { NotificationEdit } from '../cache/fold-notification.ts'
import type { Resource } from '../cache/resource.ts'
import type { Store } from '../cache/store.ts'

type Counted = Omit<Reply<'notificationCount'>, 'seq' | 'tag'>

/** How many tickets have something unread for the person, and what is unread or snoozed, by the ticket's id. */
export const notificationCount = {
  fetched: 'always',
  targetId: 'notifications',
  async load(api) {
    const { seq, tag, ...value } = await api.call('notificationCount')
    return { value, seq, tag }
  },
  fold(value, event) {
    const { name, data } = event
    if (name === 'notification:changed' && 'doneUpTo' in data)
      return {
        ...value,
        doneUpTo: data.doneUpTo,
        notifications: value.notifications
          .map((one) => finished(one, data.doneUpTo))
          .filter(isCounted),
      }
    if (!('ticketId' in data) || isUnclear(value, event)) return value
    const known = value.notifications.find(({ ticketId }) => ticketId === data.ticketId)
    const isReplaced = name === 'notification:changed' && 'notification' in data
    const after = isReplaced ? data.notification : foldNotification(known, event)
    if (after === known) return value
    const others = value.notifications.filter((one) => one !== known)
    const notifications = after !== undefined && isCounted(after) ? [after, ...others] : others
    return { ...value, notifications: notifications.toSorted((a, b) => b.seq - a.seq) }
  },
  reloadsOn(event, _reader, value) {
    const { name, data, meta } = event
    // What was done is unread again, and no event says which.
    if (name === 'notification:changed' && 'was' in data && data.doneUpTo < data.was) return true
    if (isUnclear(value, event)) return true
    return value.more && (meta.reason !== undefined || changes.has(name))
  },
  view({ count, more, notifications }, edits) {
    const shown = notifications.map((one) => edits.reduce(editedNotification, one))
    const isKnown = (id: string) => notifications.some(({ ticketId }) => ticketId === id)
    const marked = edits.flatMap(({ ticketId, ...edit }) =>
      'unread' in edit && edit.unread && ticketId !== undefined && !isKnown(ticketId)
        ? [ticketId]
        : [],
    )
    const before = notifications.filter(isUnread).length
    const unread = shown.filter(isUnread).length + new Set(marked).size
    return {
      count: more ? Math.max(0, count + unread - before) : unread,
      notifications: new Map(shown.map((one) => [one.ticketId, one])) as ReadonlyMap<
        string,
        Notification
      >,
    }
  },
} satisfies Resource<Counted, NotificationEdit>

const changes: ReadonlySet<DeskEvent['name']> = new Set([
  'notification:changed',
  'ticket:seen',
  'access:lost',
])

/** The ticket is snoozed, and what it gathered so far is not known. */
function isUnclear({ notifications }: Counted, { data, meta }: DeskEvent): boolean {
  if (meta.snooze === undefined || !('ticketId' in data)) return false
  return notifications.every(({ ticketId }) => ticketId !== data.ticketId)
}

function isUnread({ unread, snoozedUntil }: Notification): boolean {
  return unread.length > 0 && snoozedUntil === null
}

function isCounted({ unread, snoozedUntil }: Notification): boolean {
  return unread.length > 0 || snoozedUntil !== null
}

/** Whether something of the ticket is unread for the person, although the person may have seen the ticket. */
export function hasUnread({ values }: Store, id: string): boolean {
  const counted = values.get('notificationCount')?.value as Counted | undefined
  return counted?.notifications.some((one) => one.ticketId === id && one.unread.length > 0) === true
}
