import { limits } from '@deskbell/contract'
import type { DeskEvent, Position, Reply } from '@deskbell/contract'
import { retryDelay } from './core.ts'
import type { Core } from './core.ts'
import { isTransient } from './desk-error.ts'
import { isOlder } from './store.ts'
import type { TicketPart } from './store.ts'
import { takeFiles, takeTimeline } from './take-replies.ts'
import type { LoadedRange, PageEdge } from './timeline-ranges.ts'
import type { TimelinePlace } from './types.ts'

/** Reads a further page of an open ticket's history. What is on its way already is not asked for twice. */
export function loadTimeline(core: Core, part: TicketPart, place: TimelinePlace): Promise<void> {
  return readOnce(core, part, JSON.stringify(place), async () => {
    const asked = pageAt(part.value?.ranges ?? [], place)
    if (asked === undefined) return undefined
    const { edge, query } = asked
    const page = await core.api.call('timeline', { params: { ref: part.ref }, query })
    return {
      ...positionOf(page),
      take: (later) => takeTimeline(core.store, part, edge, page, later, core.reads.reached()),
    }
  })
}

/** Reads the next page of all files of an open ticket. */
export function loadFiles(core: Core, part: TicketPart): Promise<void> {
  return readOnce(core, part, 'files', async () => {
    const after = part.nextFiles
    if (after === null) return undefined
    const query = after === undefined ? {} : { after }
    const page = await core.api.call('files', { params: { ref: part.ref }, query })
    return { ...positionOf(page), take: (later) => takeFiles(core.store, part, page, later) }
  })
}

interface Read extends Position {
  take: (later: readonly DeskEvent[]) => void
}

function readOnce(
  core: Core,
  part: TicketPart,
  key: string,
  ask: () => Promise<Read | undefined>,
): Promise<void> {
  const begun = part.pages.get(key)
  if (begun !== undefined) return begun
  const isWanted = () => part.pages.get(key) === reading && !part.isLost
  const reading: Promise<void> = readPage(core, part, ask, isWanted).finally(() => {
    if (part.pages.get(key) === reading) part.pages.delete(key)
  })
  part.pages.set(key, reading)
  return reading
}

/** Asks until there is an answer of this stream, or a refusal. */
async function readPage(
  core: Core,
  part: TicketPart,
  ask: () => Promise<Read | undefined>,
  isWanted: () => boolean,
): Promise<void> {
  await Promise.resolve()
  for (let tries = 0; isWanted(); tries += 1) {
    const read = core.reads.begin()
    try {
      const page = await ask()
      if (page === undefined || !isWanted()) return
      const later = read.settle(page)
      // What is stale is being read anew, as far as it was read before.
      if (later !== 'stale' && !part.isStale && !isOlder(part, page)) {
        page.take(later)
        return core.changed()
      }
    } catch (thrown) {
      if (!isWanted()) return
      if (!isTransient(thrown)) throw thrown
    } finally {
      read.end()
    }
    await core.pause(retryDelay(tries))
  }
}

/** What to ask for, by how the server calls the ends of what is loaded. */
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

/** Reads the ranges of a ticket that was open already, each from its end back to its beginning. */
export async function readRangesAgain(
  core: Core,
  part: TicketPart,
  { timeline, earlier }: Reply<'ticket'>,
): Promise<RangePage[]> {
  const pages: RangePage[] = []
  const ranges = part.isLost ? [] : (part.value?.ranges ?? [])
  for (const { from, to, later } of ranges) {
    const isNewest = later === null
    let before = isNewest ? earlier : later
    let at = isNewest ? (timeline[0]?.seq ?? 0) : to
    while (before !== null && at > from) {
      const query = { before, limit: limits.pageSizeMax }
      const page = await core.api.call('timeline', { params: { ref: part.ref }, query })
      pages.push({ edge: { before: at }, page })
      at = page.items[0]?.seq ?? 0
      before = page.earlier
    }
  }
  return pages
}

/** Of the events that came while several replies were on their way, those after one of them. */
export function eventsAfter(events: readonly DeskEvent[], { seq }: Position): DeskEvent[] {
  return events.filter(({ meta }) => meta.seq > seq)
}

function positionOf({ seq, tag }: Position): Position {
  return { seq, tag }
}
