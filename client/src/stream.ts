import { filterFields, pick } from '@deskbell/contract'
import type { DeskEvent, FilterFields, Position, TicketLooks } from '@deskbell/contract'
import { applyEvent, withCurrentPeople } from './cache/apply-event.ts'
import { applyLooks } from './cache/apply-replies.ts'
import type { MutationQueue } from './mutations/mutation-queue.ts'
import type { Core } from './core.ts'
import { fetchGained } from './resources/ticket.ts'
import { abandon, entriesOf } from './cache/store.ts'
import type { CacheEntry, Store } from './cache/store.ts'
import type { AppliedEvent } from './types.ts'

/** Applies the stream of events to the cache and the pending mutations. */
export interface Stream {
  start(position: Position): void
  /** Applies an event. Returns it with what listeners need. */
  apply(event: DeskEvent): AppliedEvent
  moveTo(position: Position): void
  /** The server says who has looked at the open ticket. */
  hearLooks(looks: TicketLooks): void
  /** The stream continues after a reconnect. */
  resume(position: Position, head: number): void
  /** Fetches failed entries again. */
  retryFailed(): void
}

export function createStream(core: Core, mutations: MutationQueue): Stream {
  const { store, requests } = core
  let isFirst = true

  function resync(position: Position): void {
    requests.start(position, true)
    store.previousRows = new Map([...store.previousRows, ...store.rows])
    store.rows = new Map()
    store.looks.clear()
    store.persons.clear()
    mutations.reset()
    evictUnused(store)
    for (const entry of entriesOf(store)) reload(entry)
  }

  function moveTo(position: Position): void {
    if (requests.moveTo(position) === 'diverged') resync(position)
    mutations.moveTo(position)
  }

  return {
    start(position) {
      const mustResync =
        !isFirst || entriesOf(store).some((entry) => isFromElsewhere(entry, position))
      isFirst = false
      if (mustResync) resync(position)
      else requests.start(position)
      core.changed()
    },
    hearLooks(looks) {
      applyLooks(store, looks)
      core.changed()
    },
    apply(heard) {
      const event = withCurrentPeople(store, heard)
      const before = filterFieldsBefore(store, event)
      requests.buffer(event)
      applyEvent(store, event)
      mutations.onEvent(event)
      moveTo(event.meta)
      refetchAfter(core, event)
      core.changed()
      return {
        event,
        own: mutations.isOwn(event.meta.commandId),
        replayed: event.meta.replayed === true,
        before,
      }
    },
    moveTo,
    resume(position, head) {
      if (requests.resume(head) === 'diverged') resync(position)
    },
    retryFailed() {
      for (const entry of entriesOf(store)) if (entry.error !== undefined) void entry.fetch()
    },
  }
}

/** Drops entries without subscribers: a resync does not fetch them. */
function evictUnused({ values, lists, tickets }: Store): void {
  for (const entries of [values, lists, tickets]) {
    for (const [key, entry] of entries) {
      if (entry.subscribers > 0) continue
      abandon(entry)
      entries.delete(key)
    }
  }
}

/** Whether an entry was read at another position than the stream's start: it may miss events, or belong to another log. */
function isFromElsewhere(entry: CacheEntry<unknown>, { seq, tag }: Position): boolean {
  return entry.seq >= 0 && !(entry.seq === seq && entry.tag === tag)
}

/** Fetches an entry again. It takes no events until the reply comes. */
function reload(entry: CacheEntry<unknown>): void {
  entry.isStale = entry.value !== undefined
  void entry.fetch()
}

/** Fetches what an event changes without carrying it. */
function refetchAfter(core: Core, event: DeskEvent): void {
  for (const entry of entriesOf(core.store)) if (entry.reloadsOn(event)) reload(entry)
  if (event.name === 'access:gained') void fetchGained(core, event.data.ticketId)
}

function filterFieldsBefore(store: Store, { data }: DeskEvent): FilterFields | undefined {
  if ('before' in data) return data.before
  const row = 'ticketId' in data ? store.rows.get(data.ticketId)?.row : undefined
  return row && pick(row, filterFields)
}
