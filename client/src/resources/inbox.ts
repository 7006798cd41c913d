import { compareNotifications, limits, matchesNotificationFilter } from '@deskbell/contract'
import type {
  DeskEvent,
  Notification,
  NotificationFilter,
  NotificationItem,
  Reply,
} from '@deskbell/contract'
import type { Api } from '../api.ts'
import { editedNotification, finished, foldNotification } from '../cache/fold-notification.ts'
import type { NotificationEdit } from '../cache/fold-notification.ts'
import { foldRow } from '../cache/fold-row.ts'
import { patchPerson } from '../cache/patch-person.ts'
import type { Core } from '../core.ts'
import type { Loaded, Resource } from '../cache/resource.ts'
import { rowOf } from '../cache/row-of.ts'
import { oldestOf } from './fetch-entry.ts'

/** Notifications from the top of the order on, by ticket. */
export interface NotificationList {
  items: readonly NotificationItem[]
  /** Where the next page begins: the place of the last item that was read. Null: these are all. */
  next: string | null
  /** How many a person wants to see. */
  wanted: number
}

/** What concerns the person and is not done, and what is snoozed. */
export const inbox = {
  ...notificationList(undefined),
  fold(value, event, { id }) {
    const { name, data, meta } = event
    if (name === 'person:changed') return patchPerson(value, data.person)
    if (name === 'notification:changed' && 'doneUpTo' in data)
      return withItems(
        value,
        value.items.map((item) => finished(item, data.doneUpTo)),
      )
    if (!('ticketId' in data)) return value
    const known = value.items.find(({ ticketId }) => ticketId === data.ticketId)
    const others = value.items.filter((item) => item !== known)
    if (known === undefined) {
      if (!bringsAll(value, event) || meta.reason === undefined) return value
      const made = foldNotification(undefined, event)
      if (made === undefined || !('ticket' in data)) return value
      return withItems(value, [...others, { ...made, ticket: rowOf(data.ticket) }])
    }
    const after =
      name === 'notification:changed' ? data.notification : foldNotification(known, event)
    if (after === undefined) return withItems(value, others)
    const ticket = foldRow({ row: known.ticket, isLost: false, seen: 0, seq: -1 }, event, id)?.row
    const item = { ...after, ticket: ticket ?? known.ticket }
    return withItems(value, [...others, item])
  },
  reloadsOn(event, _reader, value) {
    const { name, data, meta } = event
    if (name === 'notification:changed' && 'was' in data) return data.doneUpTo < data.was
    if (!('ticketId' in data) || value.items.some(({ ticketId }) => ticketId === data.ticketId))
      return false
    if (name === 'notification:changed' && 'notification' in data)
      return matchesNotificationFilter(undefined, data.notification)
    return meta.reason !== undefined
  },
} satisfies Resource<NotificationList, NotificationEdit>

/** What is done: history, which is read again when it changes. */
export const doneNotifications = {
  ...notificationList('done'),
  fold(value, event, { id }) {
    const { name, data } = event
    if (name === 'person:changed') return patchPerson(value, data.person)
    if (!('ticketId' in data)) return value
    const known = value.items.find(({ ticketId }) => ticketId === data.ticketId)
    if (known === undefined) return value
    const others = value.items.filter((item) => item !== known)
    const after =
      name === 'notification:changed' ? data.notification : foldNotification(known, event)
    if (after === undefined || !matchesNotificationFilter('done', after))
      return { ...value, items: others }
    const ticket = foldRow({ row: known.ticket, isLost: false, seen: 0, seq: -1 }, event, id)?.row
    const item = { ...after, ticket: ticket ?? known.ticket }
    return { ...value, items: [...others, item].toSorted(compareNotifications) }
  },
  reloadsOn({ name, data }, _reader, value) {
    if (name !== 'notification:changed') return false
    if (!('notification' in data)) return true
    const { ticketId, notification } = data
    return (
      matchesNotificationFilter('done', notification) &&
      value.items.every((item) => item.ticketId !== ticketId)
    )
  },
} satisfies Resource<NotificationList, NotificationEdit>

function notificationList(filter: NotificationFilter | undefined) {
  return {
    fetched: 'retained' as const,
    targetId: 'notifications',
    load: (api: Api, before?: NotificationList) =>
      loadItems(api, filter, before?.wanted ?? limits.pageSize),
    view({ items, next, wanted }: NotificationList, edits: readonly NotificationEdit[]) {
      const edited = items.map((item) => edits.reduce(editedNotification, item))
      return {
        /** In order. */
        items: edited
          .filter((item) => matchesNotificationFilter(filter, item))
          .toSorted(compareNotifications),
        /** There are more than these. */
        more: next !== null,
        loadingMore: next !== null && wanted > items.length,
      }
    },
  }
}

/** Reads pages from the top until there are as many as wanted, or no more. */
async function loadItems(
  api: Api,
  filter: NotificationFilter | undefined,
  wanted: number,
): Promise<Loaded<NotificationList>> {
  const pages: Reply<'notifications'>[] = []
  const items = new Map<string, NotificationItem>()
  let after: string | null = null
  do {
    const limit = Math.min(wanted, limits.pageSizeMax)
    const query = { ...(filter && { filter }), ...(after !== null && { after }), limit }
    const page: Reply<'notifications'> = await api.call('notifications', { query })
    pages.push(page)
    // Events bring the pages to one state, whatever happened between them.
    for (const item of page.items) items.set(item.ticketId, item)
    after = page.next
  } while (after !== null && items.size < wanted)
  const value = { items: [...items.values()].toSorted(compareNotifications), next: after, wanted }
  return { value, ...oldestOf(pages) }
}

/** Whether the event says all of the notification of a ticket that is not in the list. */
function bringsAll({ next }: NotificationList, { data, meta }: DeskEvent): boolean {
  return next === null && meta.snooze === undefined && 'ticket' in data
}

/** Keeps what belongs in the list as far as it was read. */
function withItems(value: NotificationList, items: readonly NotificationItem[]): NotificationList {
  const { next } = value
  const isRead = (item: Notification) => next === null || !isBeyond(item, next)
  const kept = items.filter((item) => matchesNotificationFilter(undefined, item) && isRead(item))
  return { ...value, items: kept.toSorted(compareNotifications) }
}

/** Whether a notification comes after a place of the order. */
function isBeyond({ unread, seq }: Notification, place: string): boolean {
  const isUnread = unread.length > 0
  return isUnread === place.startsWith('u') ? seq < Number(place.slice(1)) : !isUnread
}

/** Reads the list again, twice as long: each time reads all of it. */
export function loadMoreItems(core: Core, name: 'inbox' | 'doneNotifications'): void {
  const entry = core.store.values.get(name)
  const value = entry?.value as NotificationList | undefined
  if (entry === undefined || value === undefined || value.next === null) return
  entry.value = { ...value, wanted: Math.max(limits.pageSize, value.items.length) * 2 }
  core.changed()
  void entry.fetch()
}
