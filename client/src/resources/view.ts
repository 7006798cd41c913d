import type { TicketRow } from '@deskbell/contract'
import type { OpenTicket } from '../cache/open-ticket.ts'
import { rowsOf } from '../cache/list.ts'
import {
  openWith,
  pendingFields,
  rowWith,
  seenWith,
  unconfirmedComments,
} from '../mutations/pending-mutation.ts'
import type { PendingMutation } from '../mutations/pending-mutation.ts'
import { isEqual, sameEntries, sameItems, sameMap } from '../same.ts'
import { seenOf } from '../cache/store.ts'
import type { ListEntry, Store, TicketEntry } from '../cache/store.ts'
import type { OutboxState } from '../outbox/state.ts'
import type { Presence } from '../presence/picture.ts'
import { createResourceView } from './resource-view.ts'
import type { Connection, DeskState, ListItem, ListState, TicketState } from '../types.ts'

type PendingMutationsOf = (targetId: string) => readonly PendingMutation[]

type ReadyTicket = Extract<TicketState, { status: 'ready' }>

interface Shown {
  seen: number
  mutations: readonly PendingMutation[]
  matches: unknown
  item: ListItem
}

/** Builds the visible state from the cache and the pending mutations. Unchanged parts keep their identity. */
export function createView(store: Store, mutationsOf: PendingMutationsOf) {
  const shownRows = new WeakMap<ListEntry, WeakMap<TicketRow, Shown>>()
  const values = createResourceView(store, mutationsOf)
  const shownTickets = new WeakMap<OpenTicket, { key: readonly unknown[]; state: TicketState }>()

  function item(row: TicketRow, entry: ListEntry): ListItem {
    const mutations = mutationsOf(row.id)
    const seen = seenOf(store, row.id)
    const matches = entry.value?.matches.get(row.id)
    const ofEntry = shownRows.get(entry) ?? new WeakMap<TicketRow, Shown>()
    shownRows.set(entry, ofEntry)
    const shown = ofEntry.get(row)
    if (shown?.mutations === mutations && shown.seen === seen && shown.matches === matches)
      return shown.item
    const made: ListItem = {
      ...rowWith(row, mutations),
      seen: seenWith(seen, mutations),
      pending: pendingFields(mutations),
      ...(matches && { matches }),
    }
    const item = shown !== undefined && isEqual(shown.item, made) ? shown.item : made
    ofEntry.set(row, { seen, mutations, matches, item })
    return item
  }

  function list(entry: ListEntry, before: ListState | undefined): ListState {
    const items =
      entry.value === undefined ? [] : rowsOf(entry.value).map((row) => item(row, entry))
    const state: ListState = {
      query: entry.query,
      status:
        entry.error !== undefined ? 'failed' : entry.value === undefined ? 'loading' : 'ready',
      error: entry.error,
      items: before !== undefined && sameItems(before.items, items) ? before.items : items,
      more: entry.value !== undefined && entry.value.next !== null,
      loadingMore: entry.pages.size > 0,
      resultsMayHaveChanged: entry.resultsMayHaveChanged,
    }
    return before !== undefined && sameEntries(before, state) ? before : state
  }

  function ticket(entry: TicketEntry, before: TicketState | undefined): TicketState {
    if (entry.isLost) return before?.status === 'lost' ? before : { status: 'lost' }
    if (entry.value !== undefined) return open(entry, entry.value, before)
    if (entry.error === undefined)
      return before?.status === 'loading' ? before : { status: 'loading' }
    const isSame = before?.status === 'failed' && before.error === entry.error
    return isSame ? before : { status: 'failed', error: entry.error }
  }

  function open(
    entry: TicketEntry,
    value: OpenTicket,
    before: TicketState | undefined,
  ): TicketState {
    const { id, version } = value.ticket
    const mutations = mutationsOf(id)
    const seen = seenOf(store, id)
    const known = entry.isStale ? undefined : store.rows.get(id)?.row
    const { seenBy, eyes } = store.looks.get(id) ?? nobody
    const key = [mutations, seen, known, seenBy, entry.seenAtOpen]
    const shown = shownTickets.get(value)
    if (shown !== undefined && sameItems(shown.key, key)) return shown.state
    // A reply can bring the row before its events arrive. The version stays that of the timeline shown: the server
    // compares it with what a reply missed.
    const newer = known !== undefined && known.version > version ? { ...known, version } : {}
    const over = openWith(value, mutations)
    const made: ReadyTicket = {
      status: 'ready',
      ticket: {
        ...rowWith({ ...over.ticket, ...newer }, mutations),
        seen: seenWith(seen, mutations),
        pending: pendingFields(mutations),
      },
      timeline: over.timeline,
      gaps: over.gaps,
      attachments: over.attachments,
      unconfirmed: unconfirmedComments(mutations),
      seenBy,
      eyes,
      seenAtOpen: entry.seenAtOpen,
    }
    const state = before?.status === 'ready' ? withKept(before, made) : made
    shownTickets.set(value, { key, state })
    return state
  }

  function lists(before: DeskState | undefined): DeskState['lists'] {
    const after = new Map(
      [...store.lists].map(([key, part]) => [key, list(part, before?.lists.get(key))]),
    )
    return before !== undefined && sameMap(before.lists, after) ? before.lists : after
  }

  function tickets(before: DeskState | undefined): DeskState['tickets'] {
    const after = new Map<string, TicketState>()
    for (const entry of store.tickets.values()) {
      const state = ticket(entry, before?.tickets.get(entry.ref))
      after.set(entry.ref, state)
      if (state.status === 'ready' && !store.tickets.has(state.ticket.id))
        after.set(state.ticket.id, state)
    }
    return before !== undefined && sameMap(before.tickets, after) ? before.tickets : after
  }

  return function show(
    connection: Connection,
    slowedUntil: number | undefined,
    presence: Presence,
    drafts: DeskState['drafts'],
    outbox: OutboxState,
    before: DeskState | undefined,
  ): DeskState {
    const state: DeskState = {
      ...values(before),
      connection,
      slowedUntil,
      presence,
      drafts,
      outbox,
      lists: lists(before),
      tickets: tickets(before),
    }
    return before !== undefined && sameEntries(before, state) ? before : state
  }
}

const nobody = { seenBy: [], eyes: { lastAt: null } } as const

/** `after`, or `before` when nothing changed. Events leave the parts that they do not change as they are. */
function withKept(before: ReadyTicket, after: ReadyTicket): ReadyTicket {
  const ticket = isEqual(before.ticket, after.ticket) ? before.ticket : after.ticket
  const isSameList = sameItems(before.unconfirmed, after.unconfirmed)
  const unconfirmed = isSameList ? before.unconfirmed : after.unconfirmed
  const seenBy = isEqual(before.seenBy, after.seenBy) ? before.seenBy : after.seenBy
  const eyes = isEqual(before.eyes, after.eyes) ? before.eyes : after.eyes
  const kept = { ...after, ticket, unconfirmed, seenBy, eyes }
  return sameEntries(before, kept) ? before : kept
}
