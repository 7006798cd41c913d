import { ApiError, isRetryable } from '../api-error.ts'
import { applyTicket, applyTimelinePage, mergeRow } from '../cache/apply-replies.ts'
import { createEntry, isOfTicket, seenOf } from '../cache/store.ts'
import type { TicketEntry } from '../cache/store.ts'
import { retryDelay } from '../core.ts'
import type { Core } from '../core.ts'
import { fetchEntry, oldestOf } from './fetch-entry.ts'
import { eventsAfter, refetchRanges } from './fetch-timeline.ts'
import { retain } from './retain.ts'

/** Keeps a ticket fetched and live until released. */
export function openTicket(core: Core, ref: string): () => void {
  const { store } = core
  const entry = store.tickets.get(ref)
  if (entry?.subscribers === 0 && entry.value !== undefined)
    entry.seenAtOpen = seenOf(store, entry.value.ticket.id)
  return retain(core, store.tickets, ref, () => createTicketEntry(core, ref))
}

function createTicketEntry(core: Core, ref: string): TicketEntry {
  const entry: TicketEntry = {
    ...createEntry({ fetch: () => fetchTicket(core, entry), reloadsOn: () => false }),
    ref,
    isLost: false,
    seenAtOpen: 0,
    nextFiles: undefined,
  }
  return entry
}

/** The server has a new ticket, which was opened before: it is loading now, whatever the server answered until then. */
export function fetchCreated({ store }: Core, ticketId: string): void {
  const entry = store.tickets.get(ticketId)
  if (entry === undefined || entry.value !== undefined) return
  entry.error = undefined
  void entry.fetch()
}

/** Fetches a ticket and the loaded ranges of its timeline, so that readers keep their place. */
async function fetchTicket(core: Core, entry: TicketEntry): Promise<void> {
  await fetchEntry(
    core,
    entry,
    async () => {
      const reply = await core.api.call('ticket', { params: { ref: entry.ref } })
      const pages = await refetchRanges(core, entry, reply)
      return { reply, pages, ...oldestOf([reply, ...pages.map(({ page }) => page)]) }
    },
    ({ reply, pages }, later) => {
      applyTicket(core.store, entry, reply, later)
      for (const { edge, page } of pages)
        applyTimelinePage(
          core.store,
          entry,
          edge,
          page,
          eventsAfter(later, page),
          core.requests.appliedUpTo(),
        )
    },
  )
  // The ticket was readable before: access was lost while this client was offline.
  if (
    entry.value !== undefined &&
    entry.error instanceof ApiError &&
    entry.error.code === 'not.found'
  ) {
    entry.isLost = true
    core.changed()
  }
}

/** Fetches a ticket that the reader gained access to, for lists and open tickets. */
export async function fetchGained(core: Core, ticketId: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const request = core.requests.begin()
    let waitMs = retryDelay(tries)
    try {
      const reply = await core.api.call('ticket', { params: { ref: ticketId } })
      const later = request.settle(reply)
      if (later !== 'stale') {
        mergeRow(core.store, reply.ticket, reply.seq, later)
        for (const entry of core.store.tickets.values()) {
          if (!isOfTicket(core.store, entry, ticketId)) continue
          applyTicket(core.store, entry, reply, later)
          entry.pages.clear()
          // An earlier request may still answer "not found": drop its reply.
          entry.request = undefined
          entry.error = undefined
        }
        return core.changed()
      }
    } catch (thrown) {
      // Access was lost again, or the session ended: other events report both.
      if (!isRetryable(thrown)) return
      waitMs = retryDelay(tries, thrown)
    } finally {
      request.end()
    }
    await core.sleep(waitMs)
  }
}
