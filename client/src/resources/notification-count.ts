import type { CountedNotification, DeskEvent, Reply } from '@deskbell/contract'
import { editedUnread, foldUnread } from '../cache/fold-notification.ts'
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
    if (name === 'notification:changed' && 'doneUpTo' in data) {
      const { doneUpTo } = data
      return { ...value, doneUpTo, notifications: edited(value.notifications, { doneUpTo }) }
    }
    if (!('ticketId' in data) || isUnclear(value, event)) return value
    const { ticketId } = data
    const known = value.notifications.find((one) => one.ticketId === ticketId)
    const after = foldCounted(known, event)
    if (after === known) return value
    const others = value.notifications.filter((one) => one !== known)
    const isKept = after !== undefined && isCounted(after)
    return { ...value, notifications: isKept ? [{ ...after, ticketId }, ...others] : others }
  },
  reloadsOn(event, _reader, value) {
    const { name, data, meta } = event
    // What was done is unread again, and no event says which.
    if (name === 'notification:changed' && 'was' in data && data.doneUpTo < data.was) return true
    if (isUnclear(value, event)) return true
    return value.more && (meta.reason !== undefined || changes.has(name))
  },
  view({ count, more, notifications }, edits) {
    const shown = edits.reduce<readonly CountedNotification[]>(edited, notifications)
    const unread = shown.filter(isUnread).length
    const before = notifications.filter(isUnread).length
    return {
      count: more ? Math.max(0, count + unread - before) : unread,
      notifications: new Map(shown.map((one) => [one.ticketId, one])) as ReadonlyMap<
        string,
        CountedNotification
      >,
    }
  },
} satisfies Resource<Counted, NotificationEdit>

type Numbers = Pick<CountedNotification, 'unread' | 'snoozedUntil'>

function foldCounted(known: Numbers | undefined, event: DeskEvent): Numbers | undefined {
  const { name, data } = event
  if (name === 'access:lost') return undefined
  if (name !== 'notification:changed' || !('notification' in data)) return foldUnread(known, event)
  const { unread, snoozedUntil } = data.notification
  return { unread, snoozedUntil }
}

function edited(
  all: readonly CountedNotification[],
  { ticketId, ...edit }: NotificationEdit,
): CountedNotification[] {
  const isOf = (one: CountedNotification) => ticketId === undefined || one.ticketId === ticketId
  const isNew = ticketId !== undefined && !all.some(isOf)
  const nothing = isNew ? [{ ticketId, unread: [], snoozedUntil: null }] : []
  return [...nothing, ...all]
    .map((one) => (isOf(one) ? editedUnread(one, edit, 0) : one))
    .filter(isCounted)
}

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

function isUnread({ unread, snoozedUntil }: Numbers): boolean {
  return unread.length > 0 && snoozedUntil === null
}

function isCounted({ unread, snoozedUntil }: Numbers): boolean {
  return unread.length > 0 || snoozedUntil !== null
}

/** Whether something of the ticket is unread for the person, although the person may have seen the ticket. */
export function hasUnread({ values }: Store, id: string): boolean {
  const counted = values.get('notificationCount')?.value as Counted | undefined
  return counted?.notifications.some((one) => one.ticketId === id && one.unread.length > 0) === true
}
