import type { Account, Counters, Me, PersonRef } from '@deskbell/contract'
import type { CachedRow } from './fold-row.ts'
import type { OpenTicket } from './open-ticket.ts'
import { listRule } from './list.ts'
import type { List, ListRule } from './list.ts'
import type { ListQuery } from '../types.ts'

/** One fetched value. Events keep it current. */
export interface CacheEntry<T> {
  value: T | undefined
  /** The position it was read at: it contains the events up to there. */
  seq: number
  tag: string
  /** It misses events and is being fetched again. It takes no events, and is shown until the reply comes. */
  isStale: boolean
  error: Error | undefined
  /** The newest request. Replies to earlier requests are dropped. */
  request: symbol | undefined
}

export interface ListEntry extends CacheEntry<List> {
  query: ListQuery
  rule: ListRule
  subscribers: number
  resultsMayHaveChanged: boolean
  more: Promise<void> | undefined
}

export interface TicketEntry extends CacheEntry<OpenTicket> {
  ref: string
  subscribers: number
  isLost: boolean
  seenAtOpen: number
  /** Requests for pages that are open, by what they ask for. */
  pages: Map<string, Promise<void>>
  /** Where the next page of all files begins; null after the last, undefined before the first. */
  nextFiles: string | null | undefined
}

/** Everything confirmed. Values are immutable and get replaced; the entries around them change in place. */
export interface Store {
  meId: string
  me: CacheEntry<Me>
  counters: CacheEntry<Counters>
  people: CacheEntry<readonly Account[]> & { subscribers: number }
  lists: Map<string, ListEntry>
  /** By the ref each was opened with. */
  tickets: Map<string, TicketEntry>
  /** The newest row of every known ticket, by id. */
  rows: Map<string, CachedRow>
  /** The rows of the stream before a resync, for what the screen still shows of it. */
  previousRows: Map<string, CachedRow>
  /** The newest event about each person, by id. */
  persons: Map<string, { person: PersonRef; seq: number }>
}

export function createStore(me: Me): Store {
  return {
    meId: me.id,
    me: { ...emptyEntry<Me>(), value: me },
    counters: emptyEntry(),
    people: { ...emptyEntry<readonly Account[]>(), subscribers: 0 },
    lists: new Map(),
    tickets: new Map(),
    rows: new Map(),
    previousRows: new Map(),
    persons: new Map(),
  }
}

export function createListEntry(query: ListQuery, meId: string): ListEntry {
  const rule = listRule(query, meId)
  return {
    ...emptyEntry<List>(),
    query,
    rule,
    subscribers: 0,
    resultsMayHaveChanged: false,
    more: undefined,
  }
}

export function createTicketEntry(ref: string): TicketEntry {
  return {
    ...emptyEntry<OpenTicket>(),
    ref,
    subscribers: 0,
    isLost: false,
    seenAtOpen: 0,
    pages: new Map(),
    nextFiles: undefined,
  }
}

/** All entries. */
export function entriesOf(store: Store): CacheEntry<unknown>[] {
  return [
    store.me,
    store.counters,
    store.people,
    ...store.lists.values(),
    ...store.tickets.values(),
  ]
}

/** Whether a reply is older than the cached value: it must not replace it. */
export function isOlder(entry: CacheEntry<unknown>, { seq }: { seq: number }): boolean {
  return entry.value !== undefined && !entry.isStale && seq < entry.seq
}

/** Whether an entry is about this ticket. An entry opened by number matches once the ticket's row is known. */
export function isOfTicket(store: Store, entry: TicketEntry, ticketId: string): boolean {
  if (entry.ref === ticketId || entry.value?.ticket.id === ticketId) return true
  return entry.ref === String(store.rows.get(ticketId)?.row?.number)
}

export function seenOf(store: Store, ticketId: string): number {
  return (store.rows.get(ticketId) ?? store.previousRows.get(ticketId))?.seen ?? 0
}

function emptyEntry<T>(): CacheEntry<T> {
  return {
    value: undefined,
    seq: -1,
    tag: '',
    isStale: false,
    error: undefined,
    request: undefined,
  }
}
