import { limits } from '@deskbell/contract'
import type { Position, Reply } from '@deskbell/contract'
import { retryDelay } from '../core.ts'
import type { Core } from '../core.ts'
import { ApiError, isRetryable } from '../api-error.ts'
import { listCall } from './list-key.ts'
import { joinSegments, rowsOf } from '../cache/list.ts'
import { fetchEntry } from './fetch-entry.ts'
import { eventsAfter, refetchRanges } from './fetch-timeline.ts'
import { isOfTicket } from '../cache/store.ts'
import type { ListEntry, TicketEntry, ValueEntry } from '../cache/store.ts'
import {
  mergeRow,
  applyListPages,
  applyTicket,
  applyTimelinePage,
  applyValue,
} from '../cache/apply-replies.ts'

export function fetchValue(core: Core, entry: ValueEntry): Promise<void> {
  return fetchEntry(
    core,
    entry,
    () => entry.resource.load(core.api),
    (reply, later) => applyValue(core.store, entry, reply, later),
  )
}

/** Fetches a ticket and the loaded ranges of its timeline, so that readers keep their place. */
export async function fetchTicket(core: Core, entry: TicketEntry): Promise<void> {
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

/** Fetches a list from its top, as many rows as it had, so that readers keep their place. */
export function fetchList(core: Core, entry: ListEntry): Promise<void> {
  const count = entry.value === undefined ? 0 : rowsOf(entry.value).length
  // A page below the old end does not continue the new list.
  entry.more = undefined
  return fetchEntry(
    core,
    entry,
    async () => {
      const pages = await fetchPages(core, entry, count)
      return { pages, ...oldestOf(pages) }
    },
    ({ pages }, later) => applyListPages(core.store, entry, pages, later, 'nothing'),
  )
}

/** Fetches the next page of a list. */
export function fetchMore(core: Core, entry: ListEntry): Promise<void> {
  const next = entry.value?.next
  if (
    entry.more !== undefined ||
    entry.request !== undefined ||
    next === undefined ||
    next === null
  ) {
    return entry.more ?? Promise.resolve()
  }
  const more = fetchNextPage(core, entry, next, () => entry.more === more)
  entry.more = more
  core.changed()
  return more
}

async function fetchNextPage(
  core: Core,
  entry: ListEntry,
  after: string,
  isWanted: () => boolean,
): Promise<void> {
  await Promise.resolve()
  for (let tries = 0; isWanted(); tries += 1) {
    const request = core.requests.begin()
    let waitMs = retryDelay(tries)
    try {
      const page = await fetchPage(core, entry, after, limits.pageSize)
      const later = request.settle(page)
      if (!isWanted()) return
      if (later !== 'stale') {
        applyListPages(core.store, entry, [page], later, 'shown')
        if (entry.value !== undefined)
          entry.value = joinSegments(entry.value, core.requests.appliedUpTo())
        break
      }
    } catch (thrown) {
      if (!isWanted()) return
      if (!isRetryable(thrown)) {
        entry.error = thrown instanceof Error ? thrown : new Error(String(thrown))
        break
      }
      waitMs = retryDelay(tries, thrown)
    } finally {
      request.end()
    }
    await core.sleep(waitMs)
  }
  if (!isWanted()) return
  entry.more = undefined
  core.changed()
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

/** Fetches pages from the top until there are `count` rows, or no more. */
async function fetchPages(
  core: Core,
  entry: ListEntry,
  count: number,
): Promise<Reply<'tickets'>[]> {
  const pages: Reply<'tickets'>[] = []
  let left = count
  let after: string | undefined
  do {
    const limit = Math.min(Math.max(left, limits.pageSize), limits.pageSizeMax)
    const page = await fetchPage(core, entry, after, limit)
    pages.push(page)
    left -= page.items.length
    after = page.next ?? undefined
  } while (left > 0 && after !== undefined)
  return pages
}

function fetchPage(
  core: Core,
  entry: ListEntry,
  after: string | undefined,
  limit: number,
): Promise<Reply<'tickets'>> {
  return core.api.call('tickets', {
    query: { ...listCall(entry.query), limit, ...(after !== undefined && { after }) },
  })
}

/** The oldest position of several replies: all events after it must be applied. */
function oldestOf(replies: readonly Position[]): Position {
  const { seq, tag } = replies.reduce((a, b) => (b.seq < a.seq ? b : a))
  return { seq, tag }
}
