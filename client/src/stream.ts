import { isStaff } from '@deskbell/contract'
import type { DeskEvent, Membership, Position } from '@deskbell/contract'
import { applyEvent, withCurrentPeople } from './apply-event.ts'
import type { Commands } from './commands.ts'
import type { Core } from './core.ts'
import { changesAssignability } from './fold-counters.ts'
import { loadCounters, loadGained, loadList, loadMe, loadPeople, loadTicket } from './loads.ts'
import { partsOf } from './store.ts'
import type { Part, Store } from './store.ts'
import type { Heard } from './types.ts'

/** What the live session's stream does to a desk. */
export interface Stream {
  start(position: Position): void
  /** Applies an event and says what there is to hear. */
  take(event: DeskEvent): Heard
  moveTo(position: Position): void
  /** The stream goes on where it broke off. */
  resume(position: Position, head: number): void
  /** Reads again what could not be read. */
  retryFailed(): void
}

export function createStream(core: Core, commands: Commands): Stream {
  const { store, reads } = core
  let isFirst = true

  function startAnew(position: Position): void {
    reads.start(position, true)
    store.knownBefore = new Map([...store.knownBefore, ...store.known])
    store.known = new Map()
    store.persons.clear()
    commands.startAnew()
    forgetUnheld(store)
    for (const part of partsOf(store)) part.isStale = part.value !== undefined
    loadEverything(core)
  }

  function moveTo(position: Position): void {
    if (reads.moveTo(position) === 'otherPast') startAnew(position)
    commands.moveTo(position)
  }

  return {
    start(position) {
      const isAnew = !isFirst || partsOf(store).some((part) => isFromElsewhere(part, position))
      isFirst = false
      if (isAnew) startAnew(position)
      else reads.start(position)
      core.changed()
    },
    take(heard) {
      const event = withCurrentPeople(store, heard)
      const before = membershipBefore(store, event)
      reads.keep(event)
      applyEvent(store, event)
      commands.hear(event)
      moveTo(event.meta)
      loadWhatNoEventTells(core, event)
      core.changed()
      return {
        event,
        own: commands.isOwn(event.meta.commandId),
        replayed: event.meta.replayed === true,
        before,
      }
    },
    moveTo,
    resume(position, head) {
      if (reads.resume(head) === 'otherPast') startAnew(position)
    },
    retryFailed() {
      loadEverything(core, (part) => part.error !== undefined)
    },
  }
}

/** What only lingers is not worth reading anew. */
function forgetUnheld({ lists, tickets }: Store): void {
  for (const parts of [lists, tickets]) {
    for (const [key, part] of parts) {
      if (part.holders > 0) continue
      part.request = undefined
      if ('pages' in part) part.pages.clear()
      parts.delete(key)
    }
  }
}

/** Read before the stream began, and not at its very start: something in between may be missing, or it is of another past. */
function isFromElsewhere(part: Part<unknown>, { seq, tag }: Position): boolean {
  return part.seq >= 0 && !(part.seq === seq && part.tag === tag)
}

function loadEverything(core: Core, isWanted: (part: Part<unknown>) => boolean = () => true): void {
  const { me, counters, people, lists, tickets } = core.store
  if (isWanted(me)) void loadMe(core)
  if (isWanted(counters)) void loadCounters(core)
  if (people.holders > 0 && isWanted(people)) void loadPeople(core)
  for (const part of lists.values()) if (isWanted(part)) void loadList(core, part)
  for (const part of tickets.values()) if (isWanted(part)) void loadTicket(core, part)
}

/** The few events after which something must be asked for. */
function loadWhatNoEventTells(core: Core, event: DeskEvent): void {
  const { store } = core
  switch (event.name) {
    case 'access:gained':
      // What the ticket counts for is not known; events on it would be counted against nothing.
      store.counters.isStale = true
      void loadCounters(core)
      void loadGained(core, event.data.ticketId)
      return
    case 'access:lost':
      // A replay leaves out what happened to the ticket before it was lost, so it may have counted for something else.
      if (event.meta.replayed === true) void loadCounters(core)
      return
    case 'person:changed':
      if (!changesAssignability(event.data)) return
      for (const part of store.lists.values())
        if (part.query.assignee === 'none') void loadList(core, part)
      // The number in the event is that of all tickets, of which others than staff see some.
      if (!isStaff(store.me.value?.role ?? 'sales')) void loadCounters(core)
      return
    default:
  }
}

function membershipBefore(store: Store, { data }: DeskEvent): Membership | undefined {
  if ('before' in data) return data.before
  const row = 'ticketId' in data ? store.known.get(data.ticketId)?.row : undefined
  return row && { status: row.status, priority: row.priority, assignee: row.assignee }
}
