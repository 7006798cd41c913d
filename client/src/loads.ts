import { limits } from '@deskbell/contract'
import type { Position, Reply } from '@deskbell/contract'
import { retryDelay } from './core.ts'
import type { Core } from './core.ts'
import { DeskError, isTransient } from './desk-error.ts'
import { listCall } from './list-key.ts'
import { joinSegments, rowsOf } from './list.ts'
import { load } from './load.ts'
import { eventsAfter, readRangesAgain } from './load-timeline.ts'
import { isOfTicket } from './store.ts'
import type { ListPart, TicketPart } from './store.ts'
import {
  learnItem,
  takeCounters,
  takeMe,
  takePages,
  takePeople,
  takeTicket,
  takeTimeline,
} from './take-replies.ts'

export function loadMe(core: Core): Promise<void> {
  return load(
    core,
    core.store.me,
    () => core.api.call('me'),
    (reply, later) => takeMe(core.store, reply, later),
  )
}

export function loadCounters(core: Core): Promise<void> {
  return load(
    core,
    core.store.counters,
    () => core.api.call('counters'),
    (reply, later) => takeCounters(core.store, reply, later),
  )
}

export function loadPeople(core: Core): Promise<void> {
  return load(
    core,
    core.store.people,
    () => core.api.call('people'),
    (reply, later) => takePeople(core.store, reply, later),
  )
}

/** Reads a ticket, and its history as far as it was read before, so that nobody loses their place. */
export async function loadTicket(core: Core, part: TicketPart): Promise<void> {
  await load(
    core,
    part,
    async () => {
      const reply = await core.api.call('ticket', { params: { ref: part.ref } })
      const pages = await readRangesAgain(core, part, reply)
      return { reply, pages, ...oldestOf([reply, ...pages.map(({ page }) => page)]) }
    },
    ({ reply, pages }, later) => {
      takeTicket(core.store, part, reply, later)
      for (const { edge, page } of pages)
        takeTimeline(core.store, part, edge, page, eventsAfter(later, page), core.reads.reached())
    },
  )
  // It was there and is not any more: the event that said so came while nobody listened.
  if (
    part.value !== undefined &&
    part.error instanceof DeskError &&
    part.error.code === 'not.found'
  ) {
    part.isLost = true
    core.changed()
  }
}

/** Reads a list from its top as far down as it was read, so that nobody loses their place. */
export function loadList(core: Core, part: ListPart): Promise<void> {
  const count = part.value === undefined ? 0 : rowsOf(part.value).length
  // What was asked for below the old end does not continue the new list.
  part.more = undefined
  return load(
    core,
    part,
    async () => {
      const pages = await readPages(core, part, count)
      return { pages, ...oldestOf(pages) }
    },
    ({ pages }, later) => takePages(core.store, part, pages, later, 'nothing'),
  )
}

/** Reads the next page of a list. */
export function loadMore(core: Core, part: ListPart): Promise<void> {
  const next = part.value?.next
  if (
    part.more !== undefined ||
    part.request !== undefined ||
    next === undefined ||
    next === null
  ) {
    return part.more ?? Promise.resolve()
  }
  const more = readMore(core, part, next, () => part.more === more)
  part.more = more
  core.changed()
  return more
}

async function readMore(
  core: Core,
  part: ListPart,
  after: string,
  isWanted: () => boolean,
): Promise<void> {
  await Promise.resolve()
  for (let tries = 0; isWanted(); tries += 1) {
    const read = core.reads.begin()
    let waitMs = retryDelay(tries)
    try {
      const page = await askPage(core, part, after, limits.pageSize)
      const later = read.settle(page)
      if (!isWanted()) return
      if (later !== 'stale') {
        takePages(core.store, part, [page], later, 'shown')
        if (part.value !== undefined) part.value = joinSegments(part.value, core.reads.reached())
        break
      }
    } catch (thrown) {
      if (!isWanted()) return
      if (!isTransient(thrown)) {
        part.error = thrown instanceof Error ? thrown : new Error(String(thrown))
        break
      }
      waitMs = retryDelay(tries, thrown)
    } finally {
      read.end()
    }
    await core.pause(waitMs)
  }
  if (!isWanted()) return
  part.more = undefined
  core.changed()
}

/** A ticket the reader may see from now on. Lists and open tickets get it, whatever their state was. */
export async function loadGained(core: Core, ticketId: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const read = core.reads.begin()
    let waitMs = retryDelay(tries)
    try {
      const reply = await core.api.call('ticket', { params: { ref: ticketId } })
      const later = read.settle(reply)
      if (later !== 'stale') {
        learnItem(core.store, reply.ticket, reply.seq, later)
        for (const part of core.store.tickets.values()) {
          if (!isOfTicket(core.store, part, ticketId)) continue
          takeTicket(core.store, part, reply, later)
          part.pages.clear()
          // What was asked before may say that there is no such ticket: a refusal does not say of when it is.
          part.request = undefined
          part.error = undefined
        }
        return core.changed()
      }
    } catch (thrown) {
      // Lost again, or the session ended: both are told otherwise.
      if (!isTransient(thrown)) return
      waitMs = retryDelay(tries, thrown)
    } finally {
      read.end()
    }
    await core.pause(waitMs)
  }
}

/** Pages from the top until there are as many rows as that, or no more. */
async function readPages(core: Core, part: ListPart, count: number): Promise<Reply<'tickets'>[]> {
  const pages: Reply<'tickets'>[] = []
  let left = count
  let after: string | undefined
  do {
    const limit = Math.min(Math.max(left, limits.pageSize), limits.pageSizeMax)
    const page = await askPage(core, part, after, limit)
    pages.push(page)
    left -= page.items.length
    after = page.next ?? undefined
  } while (left > 0 && after !== undefined)
  return pages
}

function askPage(
  core: Core,
  part: ListPart,
  after: string | undefined,
  limit: number,
): Promise<Reply<'tickets'>> {
  return core.api.call('tickets', {
    query: { ...listCall(part.query), limit, ...(after !== undefined && { after }) },
  })
}

/** Pages stand for different positions: what came after the first of them counts. */
function oldestOf(replies: readonly Position[]): Position {
  const { seq, tag } = replies.reduce((a, b) => (b.seq < a.seq ? b : a))
  return { seq, tag }
}
