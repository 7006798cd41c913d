import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isStaff, limits } from '@deskbell/contract'
import type { Reader, Reply, TicketItem } from '@deskbell/contract'
import { ticketIdsOf, ticketsVisibleTo } from '../../access/readers.ts'
import type { Tickets } from '../../access/readers.ts'
import type { Db } from '../../database/types.ts'
import { readClock } from '../../database/now.ts'
import { rowsAt } from '../../log/log-position.ts'
import { isUnseen, itemRows } from './read-tickets.ts'
import { hasMore, timelinePage, toTimeline } from './timeline.ts'
import type { Line } from './timeline.ts'

/** Of the tickets that changed, so many are looked at, so that no absence makes the read long. */
const lookedAt = 5_000

/**
 * What others did since a time on tickets that concern the reader, as far as the reader has not seen it. What the system
 * does by itself concerns nobody.
 */
export async function readMissed(db: Db, reader: Reader, asked: string): Promise<Reply<'missed'>> {
  const earliest = (await readClock(db)) - limits.missedMs
  const since = new Date(Math.max(Date.parse(asked), earliest)).toISOString()
  const { rows, ...position } = await rowsAt<Row>(db, missedRows(db, reader, since))
  const shown = rows.slice(0, limits.missedTickets)
  return {
    since,
    tickets: shown.map(({ place: _place, lines, ...ticket }) => ({
      ticket,
      lines: toTimeline(lines).items,
      earlier: hasMore(lines),
    })),
    more: rows.length > shown.length,
    ...position,
  }
}

type Row = TicketItem & { place: number; lines: Line[] }

function missedRows(db: Db, reader: Reader, since: string) {
  const byOthers = [
    isSince('n', since),
    sql<boolean>`n.actor_id is distinct from ${reader.id}`,
    sql<boolean>`n.system is null`,
    // A subquery for each line: a join would read the comments of the whole desk.
    sql<boolean>`(select x.deleted_at from comments x where x.id = n.comment_id) is null`,
  ]
  const lines = timelinePage(db, reader, {
    ticketId: sql`t.id`,
    side: 'newest',
    limit: sql.lit(limits.missedLines),
    where: byOthers,
  })
  const updated = updatedColumn('t', reader)
  return itemRows(db, reader, changedSince(reader, since))
    .select([
      sql<number>`row_number() over (order by ${updated} desc, t.number desc)`.as('place'),
      jsonArrayFrom(lines).as('lines'),
    ])
    .where(concerns(reader, since))
    .where(isUnseen(reader))
    .where(
      sql<boolean>`exists (select from timeline n where n.ticket_id = t.id
        and ${sql.join([...byOthers, ...publicOnly(reader)], sql` and `)})`,
    )
    .orderBy(updated, 'desc')
    .orderBy('t.number', 'desc')
    .limit(limits.missedTickets + 1)
}

/** What concerns the reader is looked at in any case; of all others, only what changed last. */
function changedSince(reader: Reader, since: string): Tickets {
  const updated = updatedColumn('v', reader)
  const newest = sql`order by ${updated} desc limit ${sql.lit(lookedAt)}`
  if (!isStaff(reader.role))
    return sql`(select * from ${ticketsVisibleTo(reader)} v where ${updated} >= ${since} ${newest})`
  return sql`(
    select * from tickets v where ${updated} >= ${since} and v.id in (
      select id from tickets where assignee_id = ${reader.id}
      union ${ticketIdsOf(reader.id)}
      union (select id from tickets v where ${updated} >= ${since} ${newest})))`
}

function updatedColumn(table: string, { role }: Reader) {
  return sql.ref<string>(`${table}.${isStaff(role) ? 'staff_updated_at' : 'updated_at'}`)
}

function publicOnly({ role }: Reader): RawBuilder<boolean>[] {
  return isStaff(role) ? [] : [sql<boolean>`not n.staff_only`]
}

/** The same tickets as those of toasts. People who are not staff are on every ticket that they may see. */
function concerns(reader: Reader, since: string): RawBuilder<boolean> {
  if (!isStaff(reader.role)) return sql`true`
  return sql`(
    t.assignee_id = ${reader.id}
    or t.created_at >= ${since}
    or exists (select from ticket_readers r where r.ticket_id = t.id and r.person_id = ${reader.id})
    or t.priority = 'urgent' and exists (
      select from timeline u where u.ticket_id = t.id and ${isSince('u', since)}
        and u.kind = 'priority' and u.data ->> 'new' = 'urgent'
        and u.actor_id is distinct from ${reader.id}))`
}

/** A line of a history is since then. Its number comes first: the lines before it, of which there may be thousands, are not read. */
function isSince(line: string, since: string): RawBuilder<boolean> {
  const [seq, at] = [sql.ref(`${line}.seq`), sql.ref(`${line}.at`)]
  return sql`(${seq} >= ${firstSince(since)} and ${at} >= ${since})`
}

/**
 * The number of the first event since a time, found by halving: the log has no index by time. A minute is left for clocks
 * that were set back.
 */
function firstSince(since: string): RawBuilder<number> {
  const isBefore = sql`at < ${since}::timestamptz - interval '1 minute'`
  return sql`(
    with recursive search as (
      select min(seq) as low, max(seq) + 1 as high from events
      union all
      select case when ${isBefore} then middle + 1 else low end, case when ${isBefore} then high else middle end
      from search,
        lateral (select (low + high) / 2 as middle) as half,
        lateral (select at from events where seq >= middle order by seq limit 1) as event
      where low < high
    )
    select coalesce((select min(seq) from events where seq >= low), low) from search where low >= high)`
}
