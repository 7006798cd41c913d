import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isStaff, limits } from '@deskbell/contract'
import type { Reader, Reply, Role } from '@deskbell/contract'
import type { routes } from '@deskbell/contract/schemas'
import type { z } from 'zod'
import { statement } from '../../database/statement.ts'
import { visibleTo } from '../../access/readers.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { positionColumns } from '../../log/log-position.ts'
import { refColumn } from './ticket-filter.ts'
import type { RefColumn } from './ticket-filter.ts'
import { hasMore, timelinePage, toTimeline } from './timeline.ts'
import type { Line } from './timeline.ts'

type Query = z.output<typeof routes.timeline.query>
type Sides = 'before' | 'after' | 'around'

/**
 * Reads a page of a ticket's history. A cursor is a position: one page ends before it, another begins at it. A history
 * only grows, so both pages stay as they are.
 */
export async function readTimeline(
  db: Db,
  reader: Reader,
  ref: string,
  { before, after, around, limit }: Query,
): Promise<Reply<'timeline'>> {
  const sides = before !== undefined ? 'before' : after !== undefined ? 'after' : 'around'
  const isComment = around?.includes('-') === true
  // Around a line: forward from the next line, and backward from there.
  const place = isComment ? around : (before ?? after ?? String(Number(around) + 1))
  const part = sides === 'around' ? Math.ceil(limit / 2) : limit
  const [row] = await timelineAround(db, { ref, readerId: reader.id, place, limit: part }, [
    reader.role,
    refColumn(ref),
    sides,
    isComment ? 'comment' : 'position',
  ])
  if (row === undefined) throw new DeskError('not.found')
  const { lines_before, lines_after, position } = row
  const { items, attachments } = toTimeline([...lines_before, ...lines_after])
  return {
    items,
    attachments,
    earlier: row.has_earlier || hasMore(lines_before) ? cursor(items[0]?.seq ?? position) : null,
    later: row.has_later || hasMore(lines_after) ? cursor(afterLast(lines_after, position)) : null,
    seq: row.log_seq,
    tag: row.log_tag,
  }
}

function cursor(position: number): string {
  return String(position)
}

function afterLast(lines: readonly Line[], position: number): number {
  const last = lines.at(-1)
  return last === undefined ? position : last.seq + 1
}

interface Which {
  ref: string
  readerId: string
  place: string
  limit: number
}

type Variant = [Role, RefColumn, Sides, 'position' | 'comment']

const timelineAround = statement((db, params: Which, [role, by, sides, kind]: Variant) => {
  const reader = { id: params.readerId, role }
  const visible = isStaff(role) ? sql`true` : sql`not m.staff_only`
  const place =
    kind === 'position'
      ? sql<{ position: number }>`(select ${params.place}::bigint as position)`
      : sql<{ position: number }>`(select m.seq + 1 as position from timeline m
          where m.ticket_id = t.id and m.comment_id = ${params.place} and ${visible})`
  const position = sql`place.position`
  const ofTicket = {
    ticketId: sql`t.id`,
    limit: sql<number>`${params.limit}::integer`,
    bytes: sides === 'around' ? limits.timelinePageBytes / 2 : limits.timelinePageBytes,
  }
  const none = sql<Line[]>`'[]'::json`
  const isThere = (where: RawBuilder<unknown>) =>
    sql<boolean>`exists (select from timeline m where m.ticket_id = t.id and ${where} and ${visible})`
  return db
    .selectFrom('tickets as t')
    .innerJoinLateral(place.as('place'), (join) => join.onTrue())
    .where(sql<boolean>`${sql.ref(`t.${by}`)} = ${params.ref}`)
    .where(visibleTo(reader))
    .select(positionColumns)
    .select([
      sql<number>`place.position`.as('position'),
      (sides === 'after'
        ? none
        : jsonArrayFrom(timelinePage(db, reader, { ...ofTicket, side: { before: position } }))
      ).as('lines_before'),
      (sides === 'before'
        ? none
        : jsonArrayFrom(timelinePage(db, reader, { ...ofTicket, side: { from: position } }))
      ).as('lines_after'),
      (sides === 'after' ? isThere(sql`m.seq < ${position}`) : sql<boolean>`false`).as(
        'has_earlier',
      ),
      (sides === 'before' ? isThere(sql`m.seq >= ${position}`) : sql<boolean>`false`).as(
        'has_later',
      ),
    ])
})
