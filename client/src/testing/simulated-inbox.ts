import { compareNotifications, matchesNotificationFilter, wakingReasons } from '@deskbell/contract'
import type {
  Body,
  Meta,
  Notification,
  NotificationFilter,
  NotificationReason,
} from '@deskbell/contract'

/** What concerns a person on a ticket, and what they did with it. */
interface Row {
  personId: string
  ticketId: string
  /** Every event that concerned the person. */
  news: { seq: number; at: string; reason: NotificationReason }[]
  /** Number of the event with which it became unread again. */
  markedAt: number
  readUpTo: number
  doneUpTo: number
  snoozedUntil: string | null
  muted: boolean
}

type Notice = Required<Pick<Meta, 'reason'>> & Pick<Meta, 'snooze'>

/** The notifications of a simulated desk. It keeps every event that concerned somebody: the server keeps what follows. */
export interface SimulatedInbox {
  rows: Row[]
  /** By person. */
  doneUpTo: Map<string, number>
}

export function notify(
  { rows }: SimulatedInbox,
  ticketId: string,
  reasons: ReadonlyMap<string, NotificationReason>,
  { seq, at }: { seq: number; at: string },
): Record<string, Notice> {
  const notices: Record<string, Notice> = {}
  for (const [personId, reason] of reasons) {
    let row = rows.find((one) => one.personId === personId && one.ticketId === ticketId)
    if (row?.muted) continue
    if (row === undefined) {
      const fresh = { markedAt: 0, readUpTo: 0, doneUpTo: 0, snoozedUntil: null, muted: false }
      row = { personId, ticketId, news: [], ...fresh }
      rows.push(row)
    }
    row.news.push({ seq, at, reason })
    const wakes = wakingReasons.includes(reason)
    const snooze = row.snoozedUntil === null ? undefined : wakes ? 'ended' : 'on'
    notices[personId] = { reason, ...(snooze && { snooze }) }
    if (wakes) row.snoozedUntil = null
  }
  return notices
}

export function forget(inbox: SimulatedInbox, personId: string, ticketId: string): void {
  inbox.rows = inbox.rows.filter((row) => row.personId !== personId || row.ticketId !== ticketId)
}

/** Whether something became read. */
export function read(
  inbox: SimulatedInbox,
  personId: string,
  ticketId: string,
  upTo: number,
): boolean {
  const row = rowOf(inbox, personId, ticketId)
  if (row === undefined) return false
  const before = numbersOf(row).filter((seq) => seq > row.readUpTo).length
  row.readUpTo = Math.max(row.readUpTo, upTo)
  return numbersOf(row).filter((seq) => seq > row.readUpTo).length < before
}

/** False: it changes nothing. `seq`: the number of the event of the edit. */
export function edit(
  inbox: SimulatedInbox,
  personId: string,
  ticketId: string,
  { doneUpTo, unread, snoozedUntil, muted }: Body<'editNotification'>,
  seq: number,
): boolean {
  const row = rowOf(inbox, personId, ticketId)
  if (row === undefined) return false
  const before = JSON.stringify(row)
  if (doneUpTo !== undefined) row.doneUpTo = Math.min(doneUpTo, seq - 1)
  const isUnread = notificationOf(inbox, row).unread.length > 0
  if (unread === true && !isUnread) row.markedAt = seq
  if (unread === false && isUnread) row.readUpTo = seq
  if (snoozedUntil !== undefined) row.snoozedUntil = snoozedUntil
  if (muted !== undefined) row.muted = muted
  return JSON.stringify(row) !== before
}

/** The time of a snooze has come. */
export function wake(
  inbox: SimulatedInbox,
  personId: string,
  ticketId: string,
  seq: number,
): boolean {
  const row = rowOf(inbox, personId, ticketId)
  if (row === undefined || row.snoozedUntil === null) return false
  row.snoozedUntil = null
  row.markedAt = seq
  return true
}

export function notification(
  inbox: SimulatedInbox,
  personId: string,
  ticketId: string,
): Notification | undefined {
  const row = rowOf(inbox, personId, ticketId)
  return row && notificationOf(inbox, row)
}

/** In order. */
export function notifications(
  inbox: SimulatedInbox,
  personId: string,
  filter: NotificationFilter | undefined,
): Notification[] {
  return inbox.rows
    .filter((row) => row.personId === personId)
    .map((row) => notificationOf(inbox, row))
    .filter((one) => matchesNotificationFilter(filter, one))
    .sort(compareNotifications)
}

function rowOf({ rows }: SimulatedInbox, personId: string, ticketId: string): Row | undefined {
  return rows.find((row) => row.personId === personId && row.ticketId === ticketId)
}

function numbersOf({ news, markedAt }: Row): number[] {
  return [markedAt, ...news.map(({ seq }) => seq)].sort((a, b) => b - a)
}

function notificationOf({ doneUpTo }: SimulatedInbox, row: Row): Notification {
  const last = row.news.at(-1)
  if (last === undefined) throw new Error('a notification has an event')
  const [seq = 0] = numbersOf(row)
  const done = Math.max(row.doneUpTo, doneUpTo.get(row.personId) ?? 0)
  return {
    ticketId: row.ticketId,
    reason: last.reason,
    at: last.at,
    reasons: Object.fromEntries(
      row.news.flatMap((one) => (one.seq > done ? [[one.reason, one.seq]] : [])),
    ),
    seq,
    unread: numbersOf(row).filter((one) => one > done && one > row.readUpTo),
    done: seq <= done,
    snoozedUntil: row.snoozedUntil,
    muted: row.muted,
  }
}
