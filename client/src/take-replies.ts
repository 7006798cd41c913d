import type { DeskEvent, Position, Reply, TicketItem } from '@deskbell/contract'
import { showKnown } from './apply-event.ts'
import { foldCounters } from './fold-counters.ts'
import { foldKnown } from './fold-known.ts'
import type { Known } from './fold-known.ts'
import { foldMe } from './fold-me.ts'
import { foldPeople, inOrder } from './fold-people.ts'
import { foldTicket } from './fold-ticket.ts'
import type { OpenTicket } from './fold-ticket.ts'
import { appendPage, emptyList, mayChangeResults } from './list.ts'
import { patchPerson } from './patch-person.ts'
import { rowOf } from './row-of.ts'
import { isOlder } from './store.ts'
import type { ListPart, Part, Store, TicketPart } from './store.ts'
import { newestRange, withFiles, withPage } from './timeline-ranges.ts'
import type { PageEdge } from './timeline-ranges.ts'

type Later = readonly DeskEvent[]

export function takeMe(store: Store, reply: Reply<'me'>, later: Later): void {
  take(store.me, reply, reply.me, later, foldMe)
}

export function takeCounters(store: Store, reply: Reply<'counters'>, later: Later): void {
  take(store.counters, reply, reply.counters, later, (counters, event) =>
    foldCounters(counters, event, store.meId),
  )
}

export function takePeople(store: Store, reply: Reply<'people'>, later: Later): void {
  take(store.people, reply, inOrder(reply.people), later, foldPeople)
}

export function takeTicket(
  store: Store,
  part: TicketPart,
  reply: Reply<'ticket'>,
  later: Later,
): void {
  const { ticket: item, timeline, attachments, earlier } = withCurrentNames(store, reply)
  const { seen, ...ticket } = item
  learnItem(store, item, reply.seq, later)
  if (part.value === undefined || part.isLost) part.seenAtOpen = seen
  if (isOlder(part, reply)) return
  const open = { ticket, timeline, attachments, ...newestRange(timeline, earlier) }
  take(part, reply, open, later, foldTicket)
  part.isLost = isLostIn(later, ticket.id)
  part.nextFiles = undefined
}

/** A further page of an open ticket's history. `reached`: how far events were applied. */
export function takeTimeline(
  store: Store,
  part: TicketPart,
  edge: PageEdge,
  reply: Reply<'timeline'>,
  later: Later,
  reached: number,
): void {
  // Of what happened since then, up to what is shown, nobody tells.
  if (part.value === undefined || isOlder(part, reply)) return
  const page = withCurrentNames(store, reply)
  const { timeline, attachments } = foldPage(part.value, page.items, page, later)
  // What came meanwhile is at the end of the history, and shown there.
  const items = timeline.slice(0, page.items.length)
  const shownTo = Math.max(part.seq, reached)
  part.value = withPage(part.value, edge, { ...page, items, attachments }, shownTo)
}

/** A page of all files of an open ticket. */
export function takeFiles(
  store: Store,
  part: TicketPart,
  reply: Reply<'files'>,
  later: Later,
): void {
  if (part.value === undefined || isOlder(part, reply)) return
  const { items, next } = withCurrentNames(store, reply)
  const { attachments } = foldPage(part.value, [], { attachments: items }, later)
  part.value = { ...part.value, attachments: withFiles(part.value.attachments, attachments) }
  part.nextFiles = next
}

/** What was read as it is after the events that came meanwhile. */
function foldPage(
  open: OpenTicket,
  timeline: OpenTicket['timeline'],
  { attachments }: Pick<OpenTicket, 'attachments'>,
  later: Later,
): OpenTicket {
  return later.reduce(foldTicket, { ...open, timeline, attachments, readAt: new Map() })
}

/** The pages of a list from its top, or the next one of a list that is shown. */
export function takePages(
  store: Store,
  part: ListPart,
  pages: readonly Reply<'tickets'>[],
  later: Later,
  onto: 'nothing' | 'shown',
): void {
  const named = pages.map((page) => withCurrentNames(store, page))
  for (const page of named) for (const item of page.items) learnItem(store, item, page.seq, later)
  let list = (onto === 'shown' ? part.value : undefined) ?? emptyList
  for (const page of named) list = appendPage(list, part.rule, page, knownAfter(store, page.seq))
  part.value = list
  const isAltered = part.rule.isSearch && later.some((event) => mayChangeResults(event, part.rule))
  if (onto === 'shown') return
  part.seq = Math.min(...pages.map(({ seq }) => seq))
  part.tag = pages.at(-1)?.tag ?? ''
  part.isStale = false
  part.resultsMayHaveChanged = isAltered
}

/** What a reply tells of a ticket, which may be older or newer than what was heard of it. */
export function learnItem(store: Store, item: TicketItem, seq: number, later: Later): void {
  const read: Known = { row: rowOf(item), isLost: false, seen: item.seen, seq }
  const told = later
    .filter((event) => 'ticketId' in event.data && event.data.ticketId === item.id)
    .reduce<Known>((known, event) => foldKnown(known, event, store.meId) ?? known, read)
  const before = store.known.get(item.id)
  const isNews = before === undefined || (before.row === undefined && !before.isLost)
  if (isNews || before.seq < told.seq) {
    store.known.set(item.id, { ...told, seen: Math.max(told.seen, before?.seen ?? 0) })
    showKnown(store, item.id)
    return
  }
  // The row is known from later, but maybe not how far it was seen: events do not say.
  if (before.row !== undefined && told.seen > before.seen)
    store.known.set(item.id, { ...before, seen: told.seen })
}

/** A reply with people as they are called by now, where a change of theirs is newer than the reply. */
function withCurrentNames<R extends Position>(store: Store, reply: R): R {
  let current = reply
  for (const { person, seq } of store.persons.values()) {
    if (seq > reply.seq) current = patchPerson(current, person)
  }
  return current
}

function take<T>(
  part: Part<T>,
  { seq, tag }: Position,
  value: T,
  later: Later,
  fold: (value: T, event: DeskEvent) => T,
): void {
  part.value = later.reduce(fold, value)
  part.seq = seq
  part.tag = tag
  part.isStale = false
}

function isLostIn(later: Later, ticketId: string): boolean {
  return later.some(({ name, data }) => name === 'access:lost' && data.ticketId === ticketId)
}

function* knownAfter(store: Store, after: number) {
  for (const [id, { row, seq }] of store.known) if (seq > after) yield { id, row, seq }
}
