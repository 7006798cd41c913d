import { matchesFilter } from '@deskbell/contract'
import type { DeskEvent, Match, Reply, Sort, TicketRow } from '@deskbell/contract'
import { compareSortPositions, sortPositionOf } from './sort-position.ts'
import type { SortPosition } from './sort-position.ts'
import { rowOf } from './row-of.ts'
import type { ListQuery } from '../types.ts'

type Page = Reply<'tickets'>

/** A part of a list that one reply brought: all of its tickets after `from` up to and including `to`. */
interface Segment {
  seq: number
  /** Undefined: from the top. */
  from: SortPosition | undefined
  /** Undefined: to the end. */
  to: SortPosition | undefined
  rows: readonly TicketRow[]
}

/** The loaded part of a list. Rows are confirmed and in order. */
export interface List {
  segments: readonly Segment[]
  /** The server's cursor to the next page; null after the last. */
  next: string | null
  matches: ReadonlyMap<string, readonly Match[]>
}

/** Which tickets a list contains, and in which order. */
export interface ListRule {
  sort: Sort
  /** The server finds search results: events update the rows shown, and neither add nor remove any. */
  isSearch: boolean
  /** The search names tags. */
  searchesTags: boolean
  includes(row: TicketRow): boolean
}

/** `target`: the tag for which a merged one stands. */
export function listRule(
  query: ListQuery,
  meId: string,
  target?: (tagId: string) => string,
): ListRule {
  return {
    sort: query.sort ?? '-updated',
    isSearch: (query.q?.trim() ?? '') !== '',
    searchesTags: /(?<!\S)tag:/iu.test(query.q ?? ''),
    includes: (row) => matchesFilter(query, row, meId, target),
  }
}

export const emptyList: List = { segments: [], next: null, matches: new Map() }

export function rowsOf(list: List): TicketRow[] {
  return list.segments.flatMap(({ rows }) => rows)
}

/** Adds a page. `newer`: rows that are newer than the page, by ticket. */
export function appendPage(
  list: List,
  rule: ListRule,
  page: Page,
  newer: Iterable<{ id: string; row: TicketRow | undefined; seq: number }>,
): List {
  const shown = new Set(rowsOf(list).map(({ id }) => id))
  const items = rule.isSearch ? page.items.filter(({ id }) => !shown.has(id)) : page.items
  const segment: Segment = {
    seq: page.seq,
    from: list.segments.at(-1)?.to,
    to: page.end ?? undefined,
    rows: items.map(rowOf),
  }
  const matches = new Map(list.matches)
  for (const item of items) if (item.matches !== undefined) matches.set(item.id, item.matches)

  let alone: List = { segments: [segment], next: page.next, matches }
  for (const { id, row, seq } of newer) {
    alone = row === undefined ? removeRow(alone, id, seq) : upsertRow(alone, rule, row, seq)
  }
  return { ...alone, segments: [...list.segments, ...alone.segments] }
}

/** Joins segments that were read before `seq` and have all events up to it. */
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

/** Puts a row, as it is at `seq`, where it belongs: it moves, appears, or leaves the list. */
export function upsertRow(list: List, rule: ListRule, row: TicketRow, seq: number): List {
  if (rule.isSearch) return mapSegments(list, seq, (segment) => patched(segment.rows, row))
  const belongs = rule.includes(row)
  const place = sortPositionOf(rule.sort, row)
  return mapSegments(list, seq, (segment) => {
    const others = without(segment.rows, row.id)
    if (!belongs || !covers(segment, rule.sort, place)) return others
    const index = others.findIndex(
      (other) => compareSortPositions(rule.sort, place, sortPositionOf(rule.sort, other)) < 0,
    )
    return others.toSpliced(index < 0 ? others.length : index, 0, row)
  })
}

/** Removes a ticket that the reader may no longer see since `seq`. */
export function removeRow(list: List, id: string, seq: number): List {
  return mapSegments(list, seq, (segment) => without(segment.rows, id))
}

/** Whether an event can change the results of a search. */
export function mayChangeResults(event: DeskEvent, rule: ListRule): boolean {
  switch (event.name) {
    case 'ticket:created':
    case 'ticket:commentAdded':
    case 'ticket:commentEdited':
    case 'ticket:commentDeleted':
    case 'access:gained':
    case 'access:lost':
      return true
    case 'tag:changed':
      return rule.searchesTags
    case 'ticket:updated':
    case 'ticket:statusChanged':
    case 'ticket:priorityChanged': {
      const { ticket, before } = event.data
      const isFound =
        event.name === 'ticket:updated' &&
        (event.data.changes.title ??
          event.data.changes.description ??
          (rule.searchesTags && event.data.changes.tags))
      return Boolean(isFound) || rule.includes(ticket) !== rule.includes({ ...ticket, ...before })
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
    // This segment was read later: the change is in it already.
    if (segment.seq >= seq) return segment
    const rows = map(segment)
    return rows === segment.rows ? segment : { ...segment, rows }
  })
  return segments.every((segment, index) => segment === list.segments[index])
    ? list
    : { ...list, segments }
}

function covers({ from, to }: Segment, sort: Sort, place: SortPosition): boolean {
  if (from !== undefined && compareSortPositions(sort, place, from) <= 0) return false
  return to === undefined || compareSortPositions(sort, place, to) <= 0
}

function without(rows: readonly TicketRow[], id: string): readonly TicketRow[] {
  return rows.some((row) => row.id === id) ? rows.filter((row) => row.id !== id) : rows
}

function patched(rows: readonly TicketRow[], row: TicketRow): readonly TicketRow[] {
  if (!rows.some(({ id }) => id === row.id)) return rows
  return rows.map((shown) => (shown.id === row.id ? row : shown))
}
