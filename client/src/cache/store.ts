import type { DeskEvent, PersonRef, Reader, TicketLooks } from '@deskbell/contract'
import type { CachedRow } from './fold-row.ts'
import type { OpenTicket } from './open-ticket.ts'
import type { List, ListRule } from './list.ts'
import type { Resource } from './resource.ts'
import type { ListQuery } from '../types.ts'

/** One fetched value. Events keep it current. */
export interface CacheEntry<T> extends Fetching {
  value: T | undefined
  /** The position it was read at: it contains the events up to there. */
  seq: number
  tag: string
  /** It misses events and is being fetched again. It takes no events, and is shown until the reply comes. */
  isStale: boolean
  error: Error | undefined
  /** The newest request. Replies to earlier requests are dropped. */
  request: symbol | undefined
  /** Requests for further pages that are open, by what they ask for. */
  pages: Map<string, Promise<void>>
  /** An entry without subscribers is evicted after a while. */
  subscribers: number
}

/** How an entry is fetched. */
interface Fetching {
  /** Fetches it, or fetches it again. */
  fetch(): Promise<void>
  /** Whether an event changes it without saying how. It is then stale, and is fetched again. */
  reloadsOn(event: DeskEvent): boolean
}

export interface ValueEntry extends CacheEntry<unknown> {
  resource: AnyResource
}

export type AnyResource = Resource<unknown, unknown>

export interface ListEntry extends CacheEntry<List> {
  query: ListQuery
  rule: ListRule
  resultsMayHaveChanged: boolean
}

export interface TicketEntry extends CacheEntry<OpenTicket> {
  ref: string
  isLost: boolean
  seenAtOpen: number
  /** Where the next page of all files begins; null after the last, undefined before the first. */
  nextFiles: string | null | undefined
}

/** Everything confirmed. Values are immutable and get replaced; the entries around them change in place. */
export interface Store {
  reader: Reader
  /** What there is once, by the resource's name. */
  values: Map<string, ValueEntry>
  lists: Map<string, ListEntry>
  /** By the ref each was opened with. */
  tickets: Map<string, TicketEntry>
  /** The newest row of every known ticket, by id. */
  rows: Map<string, CachedRow>
  /** The rows of the stream before a resync, for what the screen still shows of it. */
  previousRows: Map<string, CachedRow>
  /** Who has looked at tickets, by id. */
  looks: Map<string, TicketLooks>
  /** The newest event about each person, by id. */
  persons: Map<string, { person: PersonRef; seq: number }>
}

export function createStore(reader: Reader): Store {
  return {
    reader,
    values: new Map(),
    lists: new Map(),
    tickets: new Map(),
    rows: new Map(),
    previousRows: new Map(),
    looks: new Map(),
    persons: new Map(),
  }
}

export function createEntry<T>(fetching: Fetching): CacheEntry<T> {
  return {
    ...fetching,
    value: undefined,
    seq: -1,
    tag: '',
    isStale: false,
    error: undefined,
    request: undefined,
    pages: new Map(),
    subscribers: 0,
  }
}

/** Drops the requests of an entry. */
export function abandon(entry: CacheEntry<unknown>): void {
  entry.request = undefined
  entry.pages.clear()
}

/** All entries. */
export function entriesOf(store: Store): CacheEntry<unknown>[] {
  return [...store.values.values(), ...store.lists.values(), ...store.tickets.values()]
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
