import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isStaff, priorities } from '@deskbell/contract'
import type { Match, Position, Reader, Sort, TicketItem } from '@deskbell/contract'
import type { TicketQuery } from '@deskbell/contract/schemas'
import type { z } from 'zod'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { snapshot } from '../events/log-position.ts'
import { itemRows } from './read-tickets.ts'
import { matchIn, matchingComments, searchCondition, searchWords } from './search.ts'
import { filterConditions } from './ticket-filter.ts'

type ListRequest = z.output<typeof TicketQuery>

export type ListPage = Position & {
  items: (TicketItem & { matches?: Match[] })[]
  next: string | null
}

/** One page, by keys and not by offsets: a ticket that moves meanwhile is neither repeated nor passed over. */
export function listTickets(db: Db, reader: Reader, request: ListRequest): Promise<ListPage> {
  return snapshot(db, async (tx) => {
    const { sort, limit } = request
    const column = sortColumn(sort, reader)
    const direction = sort.startsWith('-') ? sql`desc` : sql`asc`
    const q = request.q ?? ''
    let query = itemRows(tx, reader)
      .select([sql<string>`${column}::text`.as('key'), 't.description'])
      .orderBy(sql`${column} ${direction}, t.number ${direction}`)
      .limit(limit + 1)
    for (const condition of filterConditions(reader, request)) query = query.where(condition)
    if (q !== '') query = query.where(searchCondition(reader, q))
    if (request.after !== undefined) query = query.where(beyond(sort, column, request.after))

    const rows = await query.execute()
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const next =
      rows.length > limit && last !== undefined ? encodeCursor(last.key, last.number) : null
    const items = page.map(({ key: _key, description: _description, ...item }) => item)
    if (q === '') return { items, next }
    const matches = await matchesOf(tx, reader, page, q)
    return { items: items.map((item, index) => ({ ...item, matches: matches[index] ?? [] })), next }
  })
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
      : !Number.isNaN(Date.parse(key))
    if (!valid || Math.abs(Number(number)) > 2_147_483_647) throw refused
    return [key, Number(number)]
  } catch {
    throw refused
  }
}

/** Why each ticket was found, for showing it with the words marked. */
async function matchesOf(
  tx: Tx,
  reader: Reader,
  page: readonly { id: string; title: string; description: string }[],
  q: string,
): Promise<Match[][]> {
  const words = searchWords(q)
  if (words.length === 0 || page.length === 0) return page.map(() => [])
  const found = await matchingComments(
    reader,
    words,
    page.map((row) => row.id),
  ).execute(tx)
  const comments = new Map(found.rows.map((row) => [row.ticketId, row.body]))
  return page.map(({ id, title, description }) =>
    [
      matchIn('title', title, words),
      matchIn('description', description, words),
      matchIn('comment', comments.get(id) ?? '', words),
    ].filter((match) => match !== undefined),
  )
}
