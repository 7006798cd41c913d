import { limits } from '@deskbell/contract'
import type { Body, DeskEvent, Notification } from '@deskbell/contract'

/** What a person does with a notification, or with all of them. */
export type NotificationEdit =
  | ({ ticketId: string } & Body<'editNotification'>)
  | { doneUpTo: number; ticketId?: never }

/** The part of a notification that decides whether it counts. */
type Unread = Pick<Notification, 'unread' | 'snoozedUntil'>

/** A ticket's notification after an event of it. Undefined: there is none. */
export function foldNotification<N extends Notification>(
  known: N | undefined,
  event: DeskEvent,
): N | Notification | undefined {
  const { name, data, meta } = event
  if (name === 'access:lost') return undefined
  const after = foldUnread(known, event)
  const { reason, seq, at } = meta
  if (after === undefined || reason === undefined || !('ticketId' in data))
    return known && { ...known, ...after }
  const base = known ?? { ticketId: data.ticketId, muted: false }
  const reasons = { ...known?.reasons, [reason]: seq }
  return {
    ...base,
    unread: after.unread,
    snoozedUntil: after.snoozedUntil,
    reason,
    at,
    reasons,
    seq,
    done: false,
  }
}

/** What is unread of a ticket after an event of it. */
export function foldUnread(known: Unread | undefined, event: DeskEvent): Unread | undefined {
  const { name, data, meta } = event
  if (meta.reason !== undefined) {
    const numbers = [...new Set([meta.seq, ...(known?.unread ?? [])])].sort((a, b) => b - a)
    const snoozedUntil = meta.snooze === 'on' ? (known?.snoozedUntil ?? null) : null
    return { unread: numbers.slice(0, limits.unreadEvents), snoozedUntil }
  }
  if (known === undefined || name !== 'ticket:seen') return known
  const { unread, snoozedUntil } = known
  return { unread: unread.filter((seq) => seq > data.seen), snoozedUntil }
}

/** A notification of which everything up to an event is done. */
export function finished<N extends Notification>(known: N, upTo: number): N {
  const reasons = Object.entries(known.reasons).filter(([, seq]) => seq > upTo)
  return {
    ...known,
    reasons: Object.fromEntries(reasons),
    unread: known.unread.filter((seq) => seq > upTo),
    done: known.seq <= upTo,
  }
}

/** A notification as it will be after an edit, as far as the client can know. */
export function editedNotification<N extends Notification>(known: N, edit: NotificationEdit): N {
  if (edit.ticketId === undefined) return finished(known, edit.doneUpTo)
  if (edit.ticketId !== known.ticketId) return known
  const { doneUpTo, muted } = edit
  const base = doneUpTo === undefined ? known : finished(known, doneUpTo)
  return {
    ...editedUnread(base, edit, base.seq),
    ...(edit.unread === true && { done: false }),
    ...(muted !== undefined && { muted }),
  }
}

/** The same for what decides whether it counts. `seq`: what is unread when it is marked so. */
export function editedUnread<U extends Unread>(
  known: U,
  { doneUpTo = -1, unread, snoozedUntil }: Body<'editNotification'>,
  seq: number,
): U {
  const left = known.unread.filter((one) => one > doneUpTo)
  const marked = unread === true && left.length === 0 ? [seq] : left
  return {
    ...known,
    unread: unread === false ? [] : marked,
    ...(snoozedUntil !== undefined && { snoozedUntil }),
  }
}
