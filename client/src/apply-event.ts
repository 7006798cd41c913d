import type { DeskEvent } from '@deskbell/contract'
import { foldCounters } from './fold-counters.ts'
import { foldKnown } from './fold-known.ts'
import { foldMe } from './fold-me.ts'
import { foldPeople } from './fold-people.ts'
import { foldTicket } from './fold-ticket.ts'
import { mayChangeResults, placeRow, removeRow } from './list.ts'
import { patchPerson } from './patch-person.ts'
import { isOfTicket } from './store.ts'
import type { Part, Store } from './store.ts'

/** Applies the next event of the stream to everything it concerns. */
export function applyEvent(store: Store, event: DeskEvent): void {
  if (event.name === 'person:changed') {
    store.persons.set(event.data.person.id, { person: event.data.person, seq: event.meta.seq })
  }
  learnEvent(store, event)
  fold(store.counters, event, (counters) => foldCounters(counters, event, store.meId))
  fold(store.people, event, (people) => foldPeople(people, event))
  fold(store.me, event, (me) => foldMe(me, event))
  for (const part of store.tickets.values()) {
    if (event.name === 'access:lost' && isOfTicket(store, part, event.data.ticketId))
      part.isLost = true
    fold(part, event, (open) => foldTicket(open, event))
  }
  for (const part of store.lists.values()) {
    if (part.rule.isSearch && mayChangeResults(event, part.rule)) part.resultsMayHaveChanged = true
  }
}

/** The event with people as they are called by now: one written beside a change of a name may still have the old one. */
export function withCurrentPeople(store: Store, event: DeskEvent): DeskEvent {
  let current = event
  for (const { person } of store.persons.values()) {
    if (event.name !== 'person:changed')
      current = { ...current, data: patchPerson(current.data, person) } as DeskEvent
  }
  return current
}

/** Shows what has become known of a ticket in every list. */
export function showKnown(store: Store, ticketId: string): void {
  const known = store.known.get(ticketId)
  if (known === undefined) return
  const { row, seq } = known
  for (const part of store.lists.values()) {
    if (part.value === undefined || part.isStale) continue
    part.value =
      row === undefined
        ? removeRow(part.value, ticketId, seq)
        : placeRow(part.value, part.rule, row, seq)
  }
}

function learnEvent(store: Store, event: DeskEvent): void {
  for (const id of ticketsOf(store, event)) {
    const before = store.known.get(id)
    const after = foldKnown(before, event, store.meId)
    if (after === undefined || after === before) continue
    store.known.set(id, after)
    if (after.row !== before?.row || after.isLost) showKnown(store, id)
  }
}

function ticketsOf(store: Store, { name, data }: DeskEvent): string[] {
  // Someone's name may be on any ticket.
  if (name === 'person:changed') return [...store.known.keys()]
  return 'ticketId' in data ? [data.ticketId] : []
}

function fold<T>(part: Part<T>, { meta }: DeskEvent, next: (value: T) => T): void {
  if (part.value === undefined || part.isStale || meta.seq <= part.seq) return
  part.value = next(part.value)
}
