import type { DeskEvent, Position, Reply, TicketItem, TicketLooks } from '@deskbell/contract'
import { updateListsFrom } from './apply-event.ts'
import { foldRow } from './fold-row.ts'
import type { CachedRow } from './fold-row.ts'
import { foldTicket } from './fold-ticket.ts'
import type { OpenTicket } from './open-ticket.ts'
import { appendPage, emptyList, mayChangeResults } from './list.ts'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'
import { isOlder } from './store.ts'
import type { Loaded } from './resource.ts'
import type { ListEntry, CacheEntry, Store, TicketEntry, ValueEntry } from './store.ts'
import { newestRange, withFiles, withPage } from './timeline-ranges.ts'
import type { PageEdge } from './timeline-ranges.ts'

type Later = readonly DeskEvent[]

export function applyValue(
  store: Store,
  entry: ValueEntry,
  reply: Loaded<unknown>,
  later: Later,
): void {
  if (isOlder(entry, reply)) return
  applyReply(entry, reply, reply.value, later, (value, event) =>
    entry.resource.fold(value, event, store.reader),
  )
}

export function applyTicket(
  store: Store,
  entry: TicketEntry,
  reply: Reply<'ticket'>,
  later: Later,
): void {
  const { ticket: item, timeline, attachments, earlier, ...rest } = withCurrentNames(store, reply)
  const { seen, ...ticket } = item
  mergeRow(store, item, reply.seq, later)
  applyLooks(store, { ticketId: item.id, seq: rest.seq, seenBy: rest.seenBy, eyes: rest.eyes })
  if (entry.value === undefined || entry.isLost) entry.seenAtOpen = seen
  if (isOlder(entry, reply)) return
  const open = { ticket, timeline, attachments, ...newestRange(timeline, earlier) }
  applyReply(entry, reply, open, later, foldTicket)
  entry.isLost = isLostIn(later, ticket.id)
  entry.nextFiles = undefined
}

/** Keeps who has looked at a ticket, unless something newer is known. */
export function applyLooks({ looks }: Store, told: TicketLooks): void {
  const known = looks.get(told.ticketId)
  if (known === undefined || known.seq <= told.seq) looks.set(told.ticketId, told)
}

/** Adds a page of an open ticket's timeline. `reached`: number of the last event applied. */
export function applyTimelinePage(
  store: Store,
  entry: TicketEntry,
  edge: PageEdge,
  reply: Reply<'timeline'>,
  later: Later,
  reached: number,
): void {
  // An older page misses events that were applied before the request: drop it.
  if (entry.value === undefined || isOlder(entry, reply)) return
  const page = withCurrentNames(store, reply)
  const { timeline, attachments } = foldPageItems(entry.value, page.items, page, later)
  // Folding adds new items at the end; the last range shows those already.
  const items = timeline.slice(0, page.items.length)
  const shownTo = Math.max(entry.seq, reached)
  entry.value = withPage(entry.value, edge, { ...page, items, attachments }, shownTo)
}

/** Adds a page of all files of an open ticket. */
export function applyFiles(
  store: Store,
  entry: TicketEntry,
  reply: Reply<'files'>,
  later: Later,
): void {
  if (entry.value === undefined || isOlder(entry, reply)) return
  const { items, next } = withCurrentNames(store, reply)
  const { attachments } = foldPageItems(entry.value, [], { attachments: items }, later)
  entry.value = { ...entry.value, attachments: withFiles(entry.value.attachments, attachments) }
  entry.nextFiles = next
}

/** Applies the events that came during the request to the page's items. */
function foldPageItems(
  open: OpenTicket,
  timeline: OpenTicket['timeline'],
  { attachments }: Pick<OpenTicket, 'attachments'>,
  later: Later,
): OpenTicket {
  return later.reduce(foldTicket, { ...open, timeline, attachments, readAt: new Map() })
}

/** Sets a list to pages from its top, or adds the next page. */
export function applyListPages(
  store: Store,
  entry: ListEntry,
  pages: readonly Reply<'tickets'>[],
  later: Later,
  onto: 'nothing' | 'shown',
): void {
  const named = pages.map((page) => withCurrentNames(store, page))
  for (const page of named) for (const item of page.items) mergeRow(store, item, page.seq, later)
  let list = (onto === 'shown' ? entry.value : undefined) ?? emptyList
  for (const page of named) list = appendPage(list, entry.rule, page, rowsAfter(store, page.seq))
  entry.value = list
  const isAltered =
    entry.rule.isSearch && later.some((event) => mayChangeResults(event, entry.rule))
  if (onto === 'shown') return
  entry.seq = Math.min(...pages.map(({ seq }) => seq))
  entry.tag = pages.at(-1)?.tag ?? ''
  entry.isStale = false
  entry.resultsMayHaveChanged = isAltered
}

/** Merges a ticket's row from a reply, which can be older or newer than the cached row. */
export function mergeRow(store: Store, item: TicketItem, seq: number, later: Later): void {
  const read: CachedRow = { row: rowOf(item), isLost: false, seen: item.seen, seq }
  const folded = later
    .filter((event) => 'ticketId' in event.data && event.data.ticketId === item.id)
    .reduce<CachedRow>((known, event) => foldRow(known, event, store.reader.id) ?? known, read)
  const before = store.rows.get(item.id)
  const isNews = before === undefined || (before.row === undefined && !before.isLost)
  if (isNews || before.seq < folded.seq) {
    const seen = before?.isSeenGuessed === true ? 0 : (before?.seen ?? 0)
    store.rows.set(item.id, { ...folded, seen: Math.max(folded.seen, seen) })
    updateListsFrom(store, item.id)
    return
  }
  // The cached row is newer, but `seen` may not be: events do not carry it.
  if (before.row !== undefined && (before.isSeenGuessed === true || folded.seen > before.seen))
    store.rows.set(item.id, { ...before, seen: folded.seen, isSeenGuessed: false })
}

/** Puts names into a reply that changed after it was made. */
function withCurrentNames<R extends Position>(store: Store, reply: R): R {
  let current = reply
  for (const { person, seq } of store.persons.values()) {
    if (seq > reply.seq) current = patchPerson(current, person)
  }
  return current
}

function applyReply<T>(
  entry: CacheEntry<T>,
  { seq, tag }: Position,
  value: T,
  later: Later,
  fold: (value: T, event: DeskEvent) => T,
): void {
  entry.value = later.reduce(fold, value)
  entry.seq = seq
  entry.tag = tag
  entry.isStale = false
}

function isLostIn(later: Later, ticketId: string): boolean {
  return later.some(({ name, data }) => name === 'access:lost' && data.ticketId === ticketId)
}

function* rowsAfter(store: Store, after: number) {
  for (const [id, { row, seq }] of store.rows) if (seq > after) yield { id, row, seq }
}
