import { limits } from '@deskbell/contract'
import type { DeskEvent, Position, Reply } from '@deskbell/contract'
import { retryDelay } from '../core.ts'
import type { Core } from '../core.ts'
import { isRetryable } from '../api-error.ts'
import { isOlder } from '../cache/store.ts'
import type { TicketEntry } from '../cache/store.ts'
import { applyFiles, applyTimelinePage } from '../cache/apply-replies.ts'
import type { PageEdge } from '../cache/timeline-ranges.ts'
import type { LoadedRange } from '../cache/open-ticket.ts'
import type { TimelinePlace } from '../types.ts'

/** Fetches a page of an open ticket's timeline. Equal requests share one call. */
export function fetchTimeline(core: Core, entry: TicketEntry, place: TimelinePlace): Promise<void> {
  return fetchOnce(core, entry, JSON.stringify(place), async () => {
    const asked = pageAt(entry.value?.ranges ?? [], place)
    if (asked === undefined) return undefined
    const { edge, query } = asked
    const page = await core.api.call('timeline', { params: { ref: entry.ref }, query })
    return {
      ...positionOf(page),
      apply: (later) =>
        applyTimelinePage(core.store, entry, edge, page, later, core.requests.appliedUpTo()),
    }
  })
}

/** Fetches the next page of all files of an open ticket. */
export function fetchFiles(core: Core, entry: TicketEntry): Promise<void> {
  return fetchOnce(core, entry, 'files', async () => {
    const after = entry.nextFiles
    if (after === null) return undefined
    const query = after === undefined ? {} : { after }
    const page = await core.api.call('files', { params: { ref: entry.ref }, query })
    return { ...positionOf(page), apply: (later) => applyFiles(core.store, entry, page, later) }
  })
}

interface FetchedPage extends Position {
  apply: (later: readonly DeskEvent[]) => void
}

function fetchOnce(
  core: Core,
  entry: TicketEntry,
  key: string,
  ask: () => Promise<FetchedPage | undefined>,
): Promise<void> {
  const begun = entry.pages.get(key)
  if (begun !== undefined) return begun
  const isWanted = () => entry.pages.get(key) === reading && !entry.isLost
  const reading: Promise<void> = fetchPage(core, entry, ask, isWanted).finally(() => {
    if (entry.pages.get(key) === reading) entry.pages.delete(key)
  })
  entry.pages.set(key, reading)
  return reading
}

/** Retries until the reply fits this stream, or the call is refused. */
async function fetchPage(
  core: Core,
  entry: TicketEntry,
  ask: () => Promise<FetchedPage | undefined>,
  isWanted: () => boolean,
): Promise<void> {
  await Promise.resolve()
  for (let tries = 0; isWanted(); tries += 1) {
    const request = core.requests.begin()
    try {
      const page = await ask()
      if (page === undefined || !isWanted()) return
      const later = request.settle(page)
      // A stale entry is being fetched with all its ranges.
      if (later !== 'stale' && !entry.isStale && !isOlder(entry, page)) {
        page.apply(later)
        return core.changed()
      }
    } catch (thrown) {
      if (!isWanted()) return
      if (!isRetryable(thrown)) throw thrown
    } finally {
      request.end()
    }
    await core.sleep(retryDelay(tries))
  }
}

/** Translates a place into the server's cursors. */
function pageAt(ranges: readonly LoadedRange[], place: TimelinePlace) {
  if ('around' in place) return { edge: 'around' as const, query: { around: String(place.around) } }
  const at = 'before' in place ? place.before : place.after
  const range = ranges.find(({ from, to }) => from <= at && at < to)
  if (range === undefined) return undefined
  if ('before' in place) {
    if (range.earlier === null) return undefined
    return { edge: { before: range.from }, query: { before: range.earlier } }
  }
  if (range.later === null) return undefined
  return { edge: { after: range.to }, query: { after: range.later } }
}

interface RangePage {
  edge: PageEdge
  page: Reply<'timeline'>
}

/** Fetches the loaded ranges of an open ticket again, each from its end to its beginning. */
export async function refetchRanges(
  core: Core,
  entry: TicketEntry,
  { timeline, earlier }: Reply<'ticket'>,
): Promise<RangePage[]> {
  const pages: RangePage[] = []
  const ranges = entry.isLost ? [] : (entry.value?.ranges ?? [])
  for (const { from, to, later } of ranges) {
    const isNewest = later === null
    let before = isNewest ? earlier : later
    let at = isNewest ? (timeline[0]?.seq ?? 0) : to
    while (before !== null && at > from) {
      const query = { before, limit: limits.pageSizeMax }
      const page = await core.api.call('timeline', { params: { ref: entry.ref }, query })
      pages.push({ edge: { before: at }, page })
      at = page.items[0]?.seq ?? 0
      before = page.earlier
    }
  }
  return pages
}

/** The events after a reply's position. */
export function eventsAfter(events: readonly DeskEvent[], { seq }: Position): DeskEvent[] {
  return events.filter(({ meta }) => meta.seq > seq)
}

function positionOf({ seq, tag }: Position): Position {
  return { seq, tag }
}
