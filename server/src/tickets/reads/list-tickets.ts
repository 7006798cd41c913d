import { sql } from 'kysely'
import type { RawBuilder, Selectable } from 'kysely'
import {
  fields,
  isStaff,
  limits,
  pressing,
  referredTicket,
  sortKey,
  sortOf,
} from '@deskbell/contract'
import type { Reader, Reply, Sort, TicketItem } from '@deskbell/contract'
import { fieldSchemas } from '@deskbell/contract/schemas'
import type { TicketQuery } from '@deskbell/contract/schemas'
import type { z } from 'zod'
import { firstVisibleTo, ticketsWith } from '../../access/readers.ts'
import type { Tickets } from '../../access/readers.ts'
import type { Db, TicketsTable, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { rowsAt, snapshot } from '../../log/log-position.ts'
import { fieldColumn } from '../field-columns.ts'
import { itemRows } from './read-tickets.ts'
import { matchIn, matchingComment, ticketsFound, searchWords } from './search.ts'
import { parseSearch, tagConditions, ticketsOfRareTag, wantedTags } from './tag-filter.ts'
import { filterConditions, firstUnlooked, unlooked } from './ticket-filter.ts'

type ListRequest = z.output<typeof TicketQuery>

export type ListPage = Reply<'tickets'>

/**
 * A list by common tags goes through this many tickets in their order, and looks at their tags, before its page ends. So no
 * request takes long, also when the tickets that have the tags are far away or do not exist.
 */
const walkedTickets = 5_000

/**
 * Reads one page by keyset, not by offset: a ticket that moves in between is neither repeated nor skipped. A search
 * returns texts, so its page also ends when they are too long together.
 */
export async function listTickets(db: Db, reader: Reader, request: ListRequest): Promise<ListPage> {
  const { text, tagNames } = parseSearch(request.q ?? '')
  const words = searchWords(text)
  const tags = wantedTags(reader, request, tagNames)
  const ofTags = tagConditions(tags)
  const few = text === '' ? await fewTickets(db, reader, request, { tags, ofTags }) : undefined
  const found = text === '' ? few : ticketsFound(reader, text)
  const list = orderedList(reader, request, referredTicket(text))
  if (found === undefined && ofTags.length > 0) return walk(db, reader, request, list, ofTags)

  // Those that nobody has looked at are found by this already.
  const { eyes: _eyes, ...others } = request
  const filter = few !== undefined && isStaff(reader.role) ? others : request
  const wanted = (creatorId?: string) => [...filterConditions(reader, filter, creatorId), ...ofTags]
  const chosen = (creatorId?: string) =>
    list.chosen(wanted(creatorId), request.limit + 1, creatorId)
  const nearest = listRows(db, reader, list, found ?? firstVisibleTo(reader, chosen), chosen())
  const query = words.length === 0 ? nearest : withTexts(db, reader, nearest, words)
  const { rows, ...position } = await rowsAt<Row>(db, query)
  const shown = rows.slice(0, request.limit)
  const hasMore = (rows[0]?.found ?? rows.length) > shown.length
  const items = shown.map((row) => toItem(row, text, words))
  return { items, ...endAt(request.sort, hasMore ? shown.at(-1) : undefined), ...position }
}

/** The tickets of a list that has few of them, to which an index leads. */
async function fewTickets(
  db: Db,
  reader: Reader,
  request: ListRequest,
  { tags, ofTags }: { tags: ReturnType<typeof wantedTags>; ofTags: readonly RawBuilder<boolean>[] },
): Promise<Tickets | undefined> {
  const { eyes, sort, after, limit, ...others } = request
  if (eyes !== 'none' || !isStaff(reader.role)) return ticketsOfRareTag(db, reader, tags)
  if (sort !== pressing) return ticketsWith(unlooked)
  const wanted = [...filterConditions(reader, others), ...ofTags]
  const place = after === undefined ? undefined : decodeCursor(after, sort)
  const { priority } = others
  return ticketsWith(firstUnlooked(wanted, { priority, after: place, limit: limit + 1 }))
}

/**
 * Reads a page of a list by tags: it goes through the first tickets in their order, and the page ends where this walk ends.
 * Only a filter by a person comes before it, because an index has the tickets of a person.
 */
function walk(
  db: Db,
  reader: Reader,
  { sort, limit, creator, assignee, ...filter }: ListRequest,
  list: OrderedList,
  ofTags: readonly RawBuilder<boolean>[],
): Promise<ListPage> {
  const [people, others] =
    assignee === 'none' ? [{ creator }, { ...filter, assignee }] : [{ creator, assignee }, filter]
  const wanted = [...filterConditions(reader, others), ...ofTags]
  const first = (creatorId?: string) =>
    list.chosen(filterConditions(reader, people, creatorId), walkedTickets, creatorId)
  const walked = sql<Selectable<TicketsTable>>`(
    select * from ${firstVisibleTo(reader, first)} t ${first()})`
  return snapshot(db, async (tx) => {
    const rowsOf = async (chosen: RawBuilder<unknown>) =>
      (await rowsAt<Row>(tx, listRows(tx, reader, list, walked, chosen))).rows
    const rows = await rowsOf(
      sql`where ${sql.join(wanted, sql` and `)} order by ${list.order} limit ${sql.lit(limit + 1)}`,
    )
    const shown = rows.slice(0, limit)
    const [last] =
      rows.length > limit
        ? shown.slice(-1)
        : await rowsOf(sql`order by ${list.order} offset ${sql.lit(walkedTickets - 1)} limit 1`)
    return { items: shown.map((row) => toItem(row, '', [])), ...endAt(sort, last) }
  })
}

/** `last`: the last ticket of a page that others may follow. */
function endAt(sort: Sort, last: Row | undefined): Pick<ListPage, 'next' | 'end'> {
  if (last === undefined) return { next: null, end: null }
  return {
    next: encodeCursor(last.key, last.number),
    end: { key: sortKey(sort, last), number: last.number },
  }
}

interface OrderedList {
  column: RawBuilder<unknown>
  order: RawBuilder<unknown>
  /**
   * The end of a query for the first tickets `t` of the list: where, order by and limit. With `creatorId`, for the tickets
   * that this person raised, in a form that only an index by the creator and the sort serves: PostgreSQL cannot know that
   * going through the tickets of everyone is worse, because the person's tickets are the last ones, for example.
   */
  chosen(
    wanted: readonly RawBuilder<boolean>[],
    limit: number,
    creatorId?: string,
  ): RawBuilder<unknown>
}

/** `first`: the number of a ticket that comes before all others. */
function orderedList(
  reader: Reader,
  { sort, after }: ListRequest,
  first: number | undefined,
): OrderedList {
  const column = sortColumn(sort, reader)
  const direction = sort.startsWith('-') ? sql`desc` : sql`asc`
  const sorted = sql`${column} ${direction}, t.number ${direction}`
  const order =
    first === undefined || after !== undefined ? sorted : sql`(t.number = ${first}) desc, ${sorted}`
  return {
    column,
    order,
    chosen(wanted, limit, creatorId) {
      const conditions = [
        ...wanted,
        ...(after === undefined ? [] : [beyond(sort, column, after, { creatorId, first })]),
        ...(creatorId === undefined ? [] : onlyOf(creatorId, sort, after)),
      ]
      const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
      const creatorFirst = creatorId === undefined ? sql`` : sql`t.creator_id ${direction}, `
      return sql`${where} order by ${creatorFirst}${order} limit ${sql.lit(limit)}`
    },
  }
}

/** A range, not an equality, so that the creator counts in the order. A cursor is one end of it. */
function onlyOf(creatorId: string, sort: Sort, after: string | undefined): RawBuilder<boolean>[] {
  const last = sql<boolean>`t.creator_id ${sql.raw(sort.startsWith('-') ? '>=' : '<=')} ${creatorId}`
  const first = sql<boolean>`t.creator_id ${sql.raw(sort.startsWith('-') ? '<=' : '>=')} ${creatorId}`
  return after === undefined ? [first, last] : [last]
}

/** The rows of the chosen tickets. What a row needs from other tables is read for these alone. */
function listRows(
  db: Db | Tx,
  reader: Reader,
  { column, order }: OrderedList,
  tickets: Tickets,
  chosen: RawBuilder<unknown>,
) {
  return itemRows(db, reader, sql`(select * from ${tickets} t ${chosen})`).select([
    sql<number>`row_number() over (order by ${order})`.as('place'),
    sql<string>`${column}::text`.as('key'),
  ])
}

/**
 * These rows with the texts that may contain the words. It returns the first row, and more as long as their texts fit.
 * The length of a text is known without reading it.
 */
function withTexts(
  db: Db,
  reader: Reader,
  nearest: ReturnType<typeof listRows>,
  words: readonly string[],
) {
  const sized = db
    .selectFrom(nearest.select('t.description').as('found'))
    .leftJoinLateral(matchingComment(reader, words).as('said'), (join) => join.onTrue())
    .selectAll('found')
    .select([
      'said.id as commentId',
      'said.body as comment',
      sql<number>`count(*) over ()`.as('found'),
      sql<number>`sum(octet_length(found.description) + coalesce(octet_length(said.body), 0))
        over (order by found.place)`.as('bytes'),
    ])
  return db
    .selectFrom(sized.as('sized'))
    .selectAll()
    .where(sql<boolean>`place = 1 or bytes <= ${sql.lit(limits.pageTextBytes)}`)
}

type Row = TicketItem & { place: number; key: string } & Partial<Texts>

interface Texts {
  description: string
  commentId: string | null
  comment: string | null
  /** Number of rows before the limit on their texts. */
  found: number
  bytes: number
}

/** A list item. For a search it contains the matches, to show them with the words marked. */
function toItem(
  {
    place: _place,
    key: _key,
    found: _found,
    bytes: _bytes,
    description = '',
    commentId,
    comment,
    ...item
  }: Row,
  q: string | undefined,
  words: readonly string[],
): ListPage['items'][number] {
  if (q === undefined || q === '') return item
  const inComment = matchIn('comment', comment ?? '', words)
  const matches = [
    matchIn('title', item.title, words),
    matchIn('description', description, words),
    inComment && { ...inComment, ...(commentId && { commentId }) },
  ]
  return { ...item, matches: matches.filter((match) => match !== undefined) }
}

function sortColumn(sort: Sort, reader: Reader): RawBuilder<unknown> {
  const { by } = sortOf(sort)
  switch (by) {
    case 'updated':
      return isStaff(reader.role) ? sql`t.staff_updated_at` : sql`t.updated_at`
    case 'created':
      return sql`t.created_at`
    case pressing:
      return sql`pressing(t.priority)`
    default: {
      const empty: string | null = fields[by].sort.empty
      return empty === null ? fieldColumn(by) : sql`coalesce(${fieldColumn(by)}, ${sql.lit(empty)})`
    }
  }
}

/** Rows after a cursor, in the direction of the sort. With `creatorId`, the order begins with the creator. */
function beyond(
  sort: Sort,
  column: RawBuilder<unknown>,
  cursor: string,
  { creatorId, first }: { creatorId: string | undefined; first: number | undefined },
): RawBuilder<boolean> {
  const [key, number] = decodeCursor(cursor, sort)
  const others = first === undefined ? sql<boolean>`true` : sql<boolean>`t.number <> ${first}`
  // After the ticket that comes before all others, the list begins.
  if (number === first) return others
  const after = sql.raw(sort.startsWith('-') ? '<' : '>')
  return creatorId === undefined
    ? sql`(${column}, t.number) ${after} (${key}, ${number}::integer) and ${others}`
    : sql`(t.creator_id, ${column}, t.number) ${after} (${creatorId}, ${key}, ${number}::integer)`
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
    if (!isSortKey(sort, key) || Math.abs(Number(number)) > 2_147_483_647) throw refused
    return [key, Number(number)]
  } catch {
    throw refused
  }
}

function isSortKey(sort: Sort, key: string): boolean {
  const { by } = sortOf(sort)
  if (by === 'updated' || by === 'created') return isTimestamp(key)
  if (by === pressing) return /^[0-3]$/.test(key)
  return fieldSchemas[by].safeParse(key).success
}

/**
 * Whether a text is a timestamp as PostgreSQL prints it. JavaScript's parser is more lenient than PostgreSQL's: it
 * turns 31 February into a day in March.
 */
function isTimestamp(text: string): boolean {
  const [, day, time] =
    /^([1-9]\d{3}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)\+00$/.exec(text) ?? []
  const parsed = new Date(`${day}T${time}Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(`${day}`)
}
