import { limits } from '@deskbell/contract'
import type { Body, DeskEvent, Notification } from '@deskbell/contract'

/** What a person does with a notification, or with all of them. */
export type NotificationEdit =
  | ({ ticketId: string } & Body<'editNotification'>)
  | { doneUpTo: number; ticketId?: never }

/** A ticket's notification after an event of it. Undefined: there is none. */
export function foldNotification<N extends Notification>(
  known: N | undefined,
  event: DeskEvent,
): N | Notification | undefined {
  const { name, data, meta } = event
  if (name === 'access:lost') return undefined
  if (meta.reason !== undefined && 'ticketId' in data)
    return withNews(known, data.ticketId, { ...meta, reason: meta.reason })
  if (known === undefined || name !== 'ticket:seen') return known
  const unread = known.unread.filter((seq) => seq > data.seen)
  return unread.length === known.unread.length ? known : { ...known, unread }
}

/** The notification that an event brings, of a ticket that has none or one. */
function withNews<N extends Notification>(
  known: N | undefined,
  ticketId: string,
  {
    reason,
    snooze,
    seq,
    at,
  }: Pick<Notification, 'reason' | 'seq' | 'at'> & Pick<DeskEvent['meta'], 'snooze'>,
): N | Notification {
  const base = known ?? { ticketId, reasons: {}, unread: [], snoozedUntil: null, muted: false }
  const unread = [...new Set([seq, ...base.unread])].sort((a, b) => b - a)
  return {
    ...base,
    reason,
    at,
    reasons: { ...base.reasons, [reason]: seq },
    seq,
    unread: unread.slice(0, limits.unreadEvents),
    done: false,
    snoozedUntil: snooze === 'on' ? base.snoozedUntil : null,
  }
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
  const { doneUpTo, unread, snoozedUntil, muted } = edit
  const base = doneUpTo === undefined ? known : finished(known, doneUpTo)
  const marked = base.unread.length > 0 ? base.unread : [base.seq]
  return {
    ...base,
    ...(unread !== undefined && { unread: unread ? marked : [] }),
    ...(unread === true && { done: false }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(muted !== undefined && { muted }),
  }
}
