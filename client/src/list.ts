import { matchesFilter } from '@deskbell/contract'
import type { DeskEvent, Match, Reply, Sort, TicketRow } from '@deskbell/contract'
import { comparePlaces, placeOf } from './places.ts'
import type { Place } from './places.ts'
import { rowOf } from './row-of.ts'
import type { ListQuery } from './types.ts'

type Page = Reply<'tickets'>

/** A stretch of a list read at one time: all of its tickets after `from` up to and including `to`. */
interface Segment {
  seq: number
  /** Undefined: from the top. */
  from: Place | undefined
  /** Undefined: to the end. */
  to: Place | undefined
  rows: readonly TicketRow[]
}

/** A list as far as it was read. Rows are confirmed ones, in order. */
export interface List {
  segments: readonly Segment[]
  /** Where the next page begins, as the server calls it. */
  next: string | null
  matches: ReadonlyMap<string, readonly Match[]>
}

/** What a list shows, and in which order. */
export interface ListRule {
  sort: Sort
  /** Search results are the server's to find: what is shown is patched, nothing comes or goes. */
  isSearch: boolean
  includes(row: TicketRow): boolean
}

export function listRule(query: ListQuery, meId: string): ListRule {
  return {
    sort: query.sort ?? '-updated',
    isSearch: (query.q?.trim() ?? '') !== '',
    includes: (row) => matchesFilter(query, row, meId),
  }
}

export const emptyList: List = { segments: [], next: null, matches: new Map() }

export function rowsOf(list: List): TicketRow[] {
  return list.segments.flatMap(({ rows }) => rows)
}

/** The list with a further page. `newer`: rows known from after the page was read, by ticket. */
export function appendPage(
  list: List,
  rule: ListRule,
  page: Page,
  newer: Iterable<{ id: string; row: TicketRow | undefined; seq: number }>,
): List {
  const shown = new Set(rowsOf(list).map(({ id }) => id))
  const items = rule.isSearch ? page.items.filter(({ id }) => !shown.has(id)) : page.items
  const last = page.items.at(-1)
  const segment: Segment = {
    seq: page.seq,
    from: list.segments.at(-1)?.to,
    // What was read lies before this place whatever becomes of the row that marks it.
    to: page.next === null || last === undefined ? undefined : placeOf(rule.sort, last),
    rows: items.map(rowOf),
  }
  const matches = new Map(list.matches)
  for (const item of items) if (item.matches !== undefined) matches.set(item.id, item.matches)

  let alone: List = { segments: [segment], next: page.next, matches }
  for (const { id, row, seq } of newer) {
    alone = row === undefined ? removeRow(alone, id, seq) : placeRow(alone, rule, row, seq)
  }
  return { ...alone, segments: [...list.segments, ...alone.segments] }
}

/** Stretches read before `seq`, and folded up to it, are one. */
export function joinSegments(list: List, seq: number): List {
  const joined: Segment[] = []
  for (const segment of list.segments) {
    const last = joined.at(-1)
    if (last === undefined || last.seq > seq || segment.seq > seq) {
      joined.push(segment)
      continue
    }
    const rows = [...last.rows, ...segment.rows]
    joined[joined.length - 1] = {
      seq: Math.max(last.seq, segment.seq),
      from: last.from,
      to: segment.to,
      rows,
    }
  }
  return joined.length === list.segments.length ? list : { ...list, segments: joined }
}

/** The list with a row as it is at `seq`: moved, inserted, or gone if it belongs elsewhere now. */
export function placeRow(list: List, rule: ListRule, row: TicketRow, seq: number): List {
  if (rule.isSearch) return mapSegments(list, seq, (segment) => patched(segment.rows, row))
  const belongs = rule.includes(row)
  const place = placeOf(rule.sort, row)
  return mapSegments(list, seq, (segment) => {
    const others = without(segment.rows, row.id)
    if (!belongs || !covers(segment, rule.sort, place)) return others
    const index = others.findIndex(
      (other) => comparePlaces(rule.sort, place, placeOf(rule.sort, other)) < 0,
    )
    return others.toSpliced(index < 0 ? others.length : index, 0, row)
  })
}

/** The list without a ticket that the reader may not see any more since `seq`. */
export function removeRow(list: List, id: string, seq: number): List {
  return mapSegments(list, seq, (segment) => without(segment.rows, id))
}

/** Whether an event may change what a search finds. */
export function mayChangeResults(event: DeskEvent, rule: ListRule): boolean {
  switch (event.name) {
    case 'ticket:created':
    case 'ticket:commentAdded':
    case 'ticket:commentEdited':
    case 'ticket:commentDeleted':
    case 'access:gained':
    case 'access:lost':
      return true
    case 'ticket:updated':
    case 'ticket:statusChanged':
    case 'ticket:priorityChanged': {
      const { ticket, before } = event.data
      const isText =
        event.name === 'ticket:updated' &&
        (event.data.changes.title ?? event.data.changes.description)
      return Boolean(isText) || rule.includes(ticket) !== rule.includes({ ...ticket, ...before })
    }
    default:
      return false
  }
}

function mapSegments(
  list: List,
  seq: number,
  map: (segment: Segment) => readonly TicketRow[],
): List {
  const segments = list.segments.map((segment) => {
    // Read after this happened: it is in there already.
    if (segment.seq >= seq) return segment
    const rows = map(segment)
    return rows === segment.rows ? segment : { ...segment, rows }
  })
  return segments.every((segment, index) => segment === list.segments[index])
    ? list
    : { ...list, segments }
}

function covers({ from, to }: Segment, sort: Sort, place: Place): boolean {
  if (from !== undefined && comparePlaces(sort, place, from) <= 0) return false
  return to === undefined || comparePlaces(sort, place, to) <= 0
}

function without(rows: readonly TicketRow[], id: string): readonly TicketRow[] {
  return rows.some((row) => row.id === id) ? rows.filter((row) => row.id !== id) : rows
}

function patched(rows: readonly TicketRow[], row: TicketRow): readonly TicketRow[] {
  if (!rows.some(({ id }) => id === row.id)) return rows
  return rows.map((shown) => (shown.id === row.id ? row : shown))
}
