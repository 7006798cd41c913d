import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isStaff, priorities } from '@deskbell/contract'
import type { Match, Position, Reader, Sort, TicketItem } from '@deskbell/contract'
import type { TicketQuery } from '@deskbell/contract/schemas'
import type { z } from 'zod'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { rowsAt } from '../events/log-position.ts'
import { itemRows } from './read-tickets.ts'
import { matchIn, matchingComment, searchCondition, searchWords } from './search.ts'
import { filterConditions } from './ticket-filter.ts'

type ListRequest = z.output<typeof TicketQuery>

export type ListPage = Position & {
  items: (TicketItem & { matches?: Match[] })[]
  next: string | null
}

/** One page, by keys and not by offsets: a ticket that moves meanwhile is neither repeated nor passed over. */
export async function listTickets(db: Db, reader: Reader, request: ListRequest): Promise<ListPage> {
  const { limit } = request
  const words = searchWords(request.q ?? '')
  const { rows, seq, tag } = await rowsAt(db, pageOf(db, reader, request, words))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next =
    rows.length > limit && last !== undefined ? encodeCursor(last.key, last.number) : null
  const items = page.map((row) => toItem(row, request.q, words))
  return { items, next, seq, tag }
}

/** One row more than asked for tells whether there is another page. */
function pageOf(db: Db, reader: Reader, request: ListRequest, words: readonly string[]) {
  const { sort, limit, q = '', after } = request
  const column = sortColumn(sort, reader)
  const direction = sort.startsWith('-') ? sql`desc` : sql`asc`
  const order = sql`${column} ${direction}, t.number ${direction}`
  let query = itemRows(db, reader)
    .select([
      sql<number>`row_number() over (order by ${order})`.as('place'),
      sql<string>`${column}::text`.as('key'),
      (words.length === 0 ? sql<string>`''` : sql<string>`t.description`).as('description'),
      (words.length === 0 ? sql<null>`null` : matchingComment(reader, words)).as('comment'),
    ])
    .orderBy(order)
    .limit(sql.lit(limit + 1))
  for (const condition of filterConditions(reader, request)) query = query.where(condition)
  if (q !== '') query = query.where(searchCondition(reader, q))
  if (after !== undefined) query = query.where(beyond(sort, column, after))
  return query
}

type Row = TicketItem & {
  place: number
  key: string
  description: string
  comment: { id: string; body: string } | null
}

/** With a search, why the ticket was found, for showing it with the words marked. */
function toItem(
  { place: _place, key: _key, description, comment, ...item }: Row,
  q: string | undefined,
  words: readonly string[],
): ListPage['items'][number] {
  if (q === undefined || q === '') return item
  const matches = [
    matchIn('title', item.title, words),
    matchIn('description', description, words),
    comment === null ? undefined : matchInComment(comment, words),
  ]
  return { ...item, matches: matches.filter((match) => match !== undefined) }
}

function matchInComment(comment: { id: string; body: string }, words: readonly string[]) {
  const match = matchIn('comment', comment.body, words)
  return match && { ...match, commentId: comment.id }
}

function sortColumn(sort: Sort, reader: Reader): RawBuilder<unknown> {
  switch (sort) {
    case '-updated':
    case 'updated':
      return isStaff(reader.role) ? sql`t.staff_updated_at` : sql`t.updated_at`
    case '-created':
    case 'created':
      return sql`t.created_at`
    case '-priority':
    case 'priority':
      return sql`t.priority`
  }
}

/** Rows past a cursor, in the direction of the sort. */
function beyond(sort: Sort, column: RawBuilder<unknown>, cursor: string): RawBuilder<boolean> {
  const [key, number] = decodeCursor(cursor, sort)
  const typed = sort.endsWith('priority') ? sql`${key}::priority` : sql`${key}::timestamptz`
  return sort.startsWith('-')
    ? sql`(${column}, t.number) < (${typed}, ${number}::integer)`
    : sql`(${column}, t.number) > (${typed}, ${number}::integer)`
}

function encodeCursor(key: string, number: number): string {
  return Buffer.from(JSON.stringify([key, number])).toString('base64url')
}

function decodeCursor(cursor: string, sort: Sort): [key: string, number: number] {
  const refused = new DeskError('request.invalid', {
    fields: { after: 'This is not the `next` of a page.' },
  })
  try {
    const [key, number, ...rest] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    ) as unknown[]
    if (typeof key !== 'string' || !Number.isInteger(number) || rest.length > 0) throw refused
    const valid = sort.endsWith('priority')
      ? priorities.some((name) => name === key)
      : isTimestamp(key)
    if (!valid || Math.abs(Number(number)) > 2_147_483_647) throw refused
    return [key, Number(number)]
  } catch {
    throw refused
  }
}

/** As PostgreSQL writes it. Its own parser takes less than JavaScript's, which makes a March day of 31 February. */
function isTimestamp(text: string): boolean {
  const [, day, time] =
    /^([1-9]\d{3}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)\+00$/.exec(text) ?? []
  const parsed = new Date(`${day}T${time}Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(`${day}`)
}
