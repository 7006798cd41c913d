import type { Account, Counters, Me, PersonRef } from '@deskbell/contract'
import type { Known } from './fold-known.ts'
import type { OpenTicket } from './fold-ticket.ts'
import { listRule } from './list.ts'
import type { List, ListRule } from './list.ts'
import type { ListQuery } from './types.ts'

/** Something that was read, or is being read, and is kept current by events. */
export interface Part<T> {
  value: T | undefined
  /** The position it was read at: events up to it are in it. */
  seq: number
  tag: string
  /** Of no use to fold events into: it misses something and is being read anew. It is shown until then. */
  isStale: boolean
  error: Error | undefined
  /** The request whose reply counts: an earlier one's comes too late. */
  request: symbol | undefined
}

export interface ListPart extends Part<List> {
  query: ListQuery
  rule: ListRule
  holders: number
  resultsMayHaveChanged: boolean
  more: Promise<void> | undefined
}

export interface TicketPart extends Part<OpenTicket> {
  ref: string
  holders: number
  isLost: boolean
  seenAtOpen: number
  /** Pages on their way, by what was asked for. */
  pages: Map<string, Promise<void>>
  /** Where the next page of all files begins; null after the last, undefined before the first. */
  nextFiles: string | null | undefined
}

/** Everything confirmed. Values are replaced and never changed in place; only their holders here are. */
export interface Store {
  meId: string
  me: Part<Me>
  counters: Part<Counters>
  people: Part<readonly Account[]> & { holders: number }
  lists: Map<string, ListPart>
  /** By the ref each was opened with. */
  tickets: Map<string, TicketPart>
  /** The last that is known of every ticket heard of, by id. */
  known: Map<string, Known>
  /** The same of the stream before, for what of it is still shown. */
  knownBefore: Map<string, Known>
  /** The last that was heard of people, by id. */
  persons: Map<string, { person: PersonRef; seq: number }>
}

export function createStore(me: Me): Store {
  return {
    meId: me.id,
    me: { ...emptyPart<Me>(), value: me },
    counters: emptyPart(),
    people: { ...emptyPart<readonly Account[]>(), holders: 0 },
    lists: new Map(),
    tickets: new Map(),
    known: new Map(),
    knownBefore: new Map(),
    persons: new Map(),
  }
}

export function createListPart(query: ListQuery, meId: string): ListPart {
  const rule = listRule(query, meId)
  return {
    ...emptyPart<List>(),
    query,
    rule,
    holders: 0,
    resultsMayHaveChanged: false,
    more: undefined,
  }
}

export function createTicketPart(ref: string): TicketPart {
  return {
    ...emptyPart<OpenTicket>(),
    ref,
    holders: 0,
    isLost: false,
    seenAtOpen: 0,
    pages: new Map(),
    nextFiles: undefined,
  }
}

/** Everything that is read. */
export function partsOf(store: Store): Part<unknown>[] {
  return [
    store.me,
    store.counters,
    store.people,
    ...store.lists.values(),
    ...store.tickets.values(),
  ]
}

/** A reply that is older than what is there must not replace it. */
export function isOlder(part: Part<unknown>, { seq }: { seq: number }): boolean {
  return part.value !== undefined && !part.isStale && seq < part.seq
}

/** Whether a part is of this ticket. Its number is known only once something of it is. */
export function isOfTicket(store: Store, part: TicketPart, ticketId: string): boolean {
  if (part.ref === ticketId || part.value?.ticket.id === ticketId) return true
  return part.ref === String(store.known.get(ticketId)?.row?.number)
}

export function seenOf(store: Store, ticketId: string): number {
  return (store.known.get(ticketId) ?? store.knownBefore.get(ticketId))?.seen ?? 0
}

function emptyPart<T>(): Part<T> {
  return {
    value: undefined,
    seq: -1,
    tag: '',
    isStale: false,
    error: undefined,
    request: undefined,
  }
}
