import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { limits } from '@deskbell/contract'
import type {
  CountedNotification,
  Notification,
  NotificationFilter,
  NotificationReason,
  Position,
  Query,
  Reader,
  Reply,
} from '@deskbell/contract'
import { visibleTo } from '../access/readers.ts'
import { statement } from '../database/statement.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { positionColumns, snapshot } from '../log/log-position.ts'
import { itemRows } from '../tickets/reads/read-tickets.ts'

type PageQuery = Pick<Query<'notifications'>, 'filter' | 'after'> & { limit: number }

/** A page of what concerns the reader, unread first, then the newest. */
export function readNotifications(
  db: Db,
  reader: Reader,
  query: PageQuery,
): Promise<Reply<'notifications'>> {
  return snapshot(db, async (tx) => {
    const rows = await pageRows(tx, reader, query)
    const items = rows.slice(0, query.limit).map(({ notification, seen: _seen, ...ticket }) => ({
      ...notification,
      ticket,
    }))
    const last = items.at(-1)
    const next = rows.length > items.length && last !== undefined ? placeOf(last) : null
    return { items, next, doneUpTo: await doneUpTo(tx, reader.id) }
  })
}

function pageRows(tx: Tx, reader: Reader, { filter, after, limit }: PageQuery) {
  return itemRows(tx, reader)
    .innerJoin('inbox as n', 'n.ticket_id', 't.id')
    .select('n.notification')
    .where('n.person_id', '=', reader.id)
    .where(isShown(filter))
    .where(visibleTo(reader))
    .$if(after !== undefined, (page) => page.where(isAfter(after ?? '')))
    .orderBy('n.is_unread', 'desc')
    .orderBy('n.seq', 'desc')
    .limit(limit + 1)
    .execute()
}

/** It names what an index has: the view knows more of what is done than the row alone. */
const isActive = sql<boolean>`(n.seq > n.done_up_to or n.snoozed_until is not null)`

function isShown(filter: NotificationFilter | undefined): RawBuilder<boolean> {
  const isAwake = sql<boolean>`${isActive} and not n.done and n.snoozed_until is null`
  const isFor = (reason: NotificationReason) =>
    sql<boolean>`${isAwake} and n.notification -> 'reasons' ? ${reason}`
  switch (filter) {
    case undefined:
      return sql`${isActive} and (not n.done or n.snoozed_until is not null)`
    case 'unread':
      return sql`${isAwake} and n.is_unread`
    case 'mentions':
      return isFor('mentioned')
    case 'assigned':
    case 'urgent':
      return isFor(filter)
    case 'snoozed':
      return sql`${isActive} and n.snoozed_until is not null`
    case 'done':
      return sql`n.done and n.snoozed_until is null`
  }
}

/** The place of a notification in the order: `u` for unread, else `r`, and its number. */
function placeOf({ unread, seq }: Notification): string {
  return `${unread.length > 0 ? 'u' : 'r'}${seq}`
}

function isAfter(place: string): RawBuilder<boolean> {
  return sql`(n.is_unread, n.seq) < (${place.startsWith('u')}::boolean, ${Number(place.slice(1))}::bigint)`
}

async function doneUpTo(tx: Db | Tx, personId: string): Promise<number> {
  const row = await tx
    .selectFrom('inboxes')
    .select('done_up_to')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.done_up_to ?? 0
}

/** How many tickets have something unread for the reader, with what a client needs to keep count. */
export async function countNotifications(
  db: Db,
  reader: Reader,
): Promise<Reply<'notificationCount'>> {
  const [row] = await counted(db, { readerId: reader.id })
  if (row === undefined) throw new Error('a count is one row')
  const { log_seq: seq, log_tag: tag, total, ...rest } = row
  return { ...rest, more: total > rest.notifications.length, seq, tag }
}

interface Counted {
  count: number
  total: number
  notifications: CountedNotification[]
  doneUpTo: number
}

const counted = statement((db, params: { readerId: string }) =>
  db
    .with('active', (cte) =>
      cte
        .selectFrom('inbox as n')
        .select(['n.seq', 'n.is_unread', 'n.snoozed_until', 'n.notification'])
        .where('n.person_id', '=', params.readerId)
        .where(isActive)
        .where(sql<boolean>`(n.is_unread or n.snoozed_until is not null)`),
    )
    .selectNoFrom([
      sql<number>`(select count(*) from active where is_unread and snoozed_until is null)`.as(
        'count',
      ),
      sql<number>`(select count(*) from active)`.as('total'),
      sql<CountedNotification[]>`coalesce((select json_agg(json_build_object(
          'ticketId', one -> 'ticketId', 'unread', one -> 'unread', 'snoozedUntil', one -> 'snoozedUntil'
        ) order by seq desc) from (
          select seq, notification as one from active
          order by seq desc limit ${sql.lit(limits.countedNotifications)}
        ) newest), '[]')`.as('notifications'),
      sql<number>`coalesce((select done_up_to from inboxes where person_id = ${params.readerId}), 0)`.as(
        'doneUpTo',
      ),
      ...positionColumns,
    ])
    .$castTo<Counted & { log_seq: number; log_tag: string }>(),
)

/** A notification of the reader, as it is now. */
export function readNotification(
  db: Db,
  reader: Reader,
  ticketId: string,
): Promise<{ notification: Notification } & Position> {
  return snapshot(db, async (tx) => {
    const row = await tx
      .selectFrom('inbox')
      .select('notification')
      .where('person_id', '=', reader.id)
      .where('ticket_id', '=', ticketId)
      .executeTakeFirst()
    if (row === undefined) throw new DeskError('not.found')
    return row
  })
}

export function readDoneUpTo(db: Db, reader: Reader): Promise<{ doneUpTo: number } & Position> {
  return snapshot(db, async (tx) => ({ doneUpTo: await doneUpTo(tx, reader.id) }))
}
