import type { Me, TicketRow } from '@deskbell/contract'
import type { OpenTicket } from './fold-ticket.ts'
import { rowsOf } from './list.ts'
import {
  meWith,
  openWith,
  pendingFields,
  rowWith,
  seenWith,
  unconfirmedComments,
} from './pending.ts'
import type { Command } from './pending.ts'
import { sameEntries, sameItems, sameMap } from './same.ts'
import { seenOf } from './store.ts'
import type { ListPart, Store, TicketPart } from './store.ts'
import type { Connection, DeskState, ListItem, ListState, TicketState } from './types.ts'

type CommandsOf = (about: string) => readonly Command[]

interface Shown {
  seen: number
  commands: readonly Command[]
  matches: unknown
  item: ListItem
}

/** Makes what is shown of what is confirmed and what is not. What did not change keeps its identity. */
export function createView(store: Store, commandsOf: CommandsOf) {
  const shownRows = new WeakMap<ListPart, WeakMap<TicketRow, Shown>>()
  const shownTickets = new WeakMap<OpenTicket, { key: readonly unknown[]; state: TicketState }>()

  function item(row: TicketRow, part: ListPart): ListItem {
    const commands = commandsOf(row.id)
    const seen = seenOf(store, row.id)
    const matches = part.value?.matches.get(row.id)
    const ofPart = shownRows.get(part) ?? new WeakMap<TicketRow, Shown>()
    shownRows.set(part, ofPart)
    const shown = ofPart.get(row)
    if (shown?.commands === commands && shown.seen === seen && shown.matches === matches)
      return shown.item
    const made: ListItem = {
      ...rowWith(row, commands),
      seen: seenWith(seen, commands),
      pending: pendingFields(commands),
      ...(matches && { matches }),
    }
    ofPart.set(row, { seen, commands, matches, item: made })
    return made
  }

  function list(part: ListPart, before: ListState | undefined): ListState {
    const items = part.value === undefined ? [] : rowsOf(part.value).map((row) => item(row, part))
    const state: ListState = {
      query: part.query,
      status: part.error !== undefined ? 'failed' : part.value === undefined ? 'loading' : 'ready',
      error: part.error,
      items: before !== undefined && sameItems(before.items, items) ? before.items : items,
      more: part.value !== undefined && part.value.next !== null,
      loadingMore: part.more !== undefined,
      resultsMayHaveChanged: part.resultsMayHaveChanged,
    }
    return before !== undefined && sameEntries(before, state) ? before : state
  }

  function ticket(part: TicketPart, before: TicketState | undefined): TicketState {
    if (part.isLost) return before?.status === 'lost' ? before : { status: 'lost' }
    if (part.value !== undefined) return open(part, part.value)
    if (part.error === undefined)
      return before?.status === 'loading' ? before : { status: 'loading' }
    const isSame = before?.status === 'failed' && before.error === part.error
    return isSame ? before : { status: 'failed', error: part.error }
  }

  function open(part: TicketPart, value: OpenTicket): TicketState {
    const { id, version } = value.ticket
    const commands = commandsOf(id)
    const seen = seenOf(store, id)
    const known = part.isStale ? undefined : store.known.get(id)?.row
    const key = [commands, seen, known, part.seenAtOpen]
    const shown = shownTickets.get(value)
    if (shown !== undefined && sameItems(shown.key, key)) return shown.state
    // The row may be known from a reply before its events are here. The version stays that of the history shown: it is
    // what a reply is checked against.
    const newer = known !== undefined && known.version > version ? { ...known, version } : {}
    const over = openWith(value, commands)
    const state: TicketState = {
      status: 'ready',
      ticket: {
        ...rowWith({ ...over.ticket, ...newer }, commands),
        seen: seenWith(seen, commands),
        pending: pendingFields(commands),
      },
      timeline: over.timeline,
      gaps: over.gaps,
      attachments: over.attachments,
      unconfirmed: unconfirmedComments(commands),
      seenAtOpen: part.seenAtOpen,
    }
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
    for (const part of store.tickets.values()) {
      const state = ticket(part, before?.tickets.get(part.ref))
      after.set(part.ref, state)
      if (state.status === 'ready' && !store.tickets.has(state.ticket.id))
        after.set(state.ticket.id, state)
    }
    return before !== undefined && sameMap(before.tickets, after) ? before.tickets : after
  }

  return function show(
    fallback: Me,
    connection: Connection,
    slowedUntil: number | undefined,
    before: DeskState | undefined,
  ): DeskState {
    const me = meWith(store.me.value ?? fallback, commandsOf('me'))
    const state: DeskState = {
      me: before !== undefined && sameMe(before.me, me) ? before.me : me,
      connection,
      slowedUntil,
      counters: store.counters.value,
      lists: lists(before),
      tickets: tickets(before),
      people: store.people.holders > 0 ? store.people.value : undefined,
    }
    return before !== undefined && sameEntries(before, state) ? before : state
  }
}

function sameMe(a: Me, b: Me): boolean {
  const { settings, ...rest } = a
  return (
    sameEntries(settings, b.settings) &&
    sameEntries({ ...rest, settings: null }, { ...b, settings: null })
  )
}
