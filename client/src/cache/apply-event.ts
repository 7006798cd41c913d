import type { DeskEvent } from '@deskbell/contract'
import { foldRow } from './fold-row.ts'
import { foldTicket } from './fold-ticket.ts'
import { mayChangeResults, upsertRow, removeRow } from './list.ts'
import { patchPerson } from './patch-person.ts'
import { isOfTicket } from './store.ts'
import type { CacheEntry, Store } from './store.ts'

/** Applies the next event to every cache entry it concerns. */
export function applyEvent(store: Store, event: DeskEvent): void {
  if (event.name === 'person:changed') {
    store.persons.set(event.data.person.id, { person: event.data.person, seq: event.meta.seq })
  }
  updateRows(store, event)
  for (const entry of store.values.values())
    fold(entry, event, (value) => entry.resource.fold(value, event, store.reader))
  for (const entry of store.tickets.values()) {
    if (event.name === 'access:lost' && isOfTicket(store, entry, event.data.ticketId))
      entry.isLost = true
    fold(entry, event, (open) => foldTicket(open, event))
  }
  for (const entry of store.lists.values()) {
    if (entry.rule.isSearch && mayChangeResults(event, entry.rule))
      entry.resultsMayHaveChanged = true
  }
}

/** Puts current names into an event. An event written at the same moment as a rename may carry the old name. */
export function withCurrentPeople(store: Store, event: DeskEvent): DeskEvent {
  let current = event
  for (const { person } of store.persons.values()) {
    if (event.name !== 'person:changed')
      current = { ...current, data: patchPerson(current.data, person) } as DeskEvent
  }
  return current
}

/** Moves a ticket's row to its place in every list, or removes it. */
export function updateListsFrom(store: Store, ticketId: string): void {
  const known = store.rows.get(ticketId)
  if (known === undefined) return
  const { row, seq } = known
  for (const entry of store.lists.values()) {
    if (entry.value === undefined || entry.isStale) continue
    entry.value =
      row === undefined
        ? removeRow(entry.value, ticketId, seq)
        : upsertRow(entry.value, entry.rule, row, seq)
  }
}

function updateRows(store: Store, event: DeskEvent): void {
  for (const id of ticketsOf(store, event)) {
    const before = store.rows.get(id)
    const after = foldRow(before, event, store.reader.id)
    if (after === undefined || after === before) continue
    store.rows.set(id, after)
    if (after.row !== before?.row || after.isLost) updateListsFrom(store, id)
  }
}

function ticketsOf(store: Store, { name, data }: DeskEvent): string[] {
  // A person's name can appear on any ticket.
  if (name === 'person:changed') return [...store.rows.keys()]
  return 'ticketId' in data ? [data.ticketId] : []
}

function fold<T>(entry: CacheEntry<T>, { meta }: DeskEvent, next: (value: T) => T): void {
  if (entry.value === undefined || entry.isStale || meta.seq <= entry.seq) return
  entry.value = next(entry.value)
}
