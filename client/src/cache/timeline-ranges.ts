import type { Attachment, TimelineItem } from '@deskbell/contract'
import type { LoadedRange, OpenTicket, TimelineGap } from './open-ticket.ts'

/** Which page was requested: before or after a loaded range, or around a position. */
export type PageEdge = { before: number } | { after: number } | 'around'

export interface TimelinePage {
  seq: number
  items: readonly TimelineItem[]
  attachments: readonly Attachment[]
  earlier: string | null
  later: string | null
}

/** The range that a page covers. It stops at `end`: later items come as events, into the last range. */
function rangeOf(edge: PageEdge, page: TimelinePage, end: number): LoadedRange {
  const { items, earlier, later } = page
  const first = earlier === null ? 0 : (items[0]?.seq ?? end)
  const last = later === null ? end : (items.at(-1)?.seq ?? -1) + 1
  const from = edge !== 'around' && 'after' in edge ? edge.after : first
  const to = edge !== 'around' && 'before' in edge ? edge.before : last
  return { from, to: Math.min(to, end), earlier, later }
}

/** The range of the newest page: new items go into it. */
export function newestRange(
  timeline: readonly TimelineItem[],
  earlier: string | null,
): Pick<OpenTicket, 'ranges' | 'gaps' | 'readAt'> {
  const from = earlier === null ? 0 : (timeline[0]?.seq ?? 0)
  const ranges = [{ from, to: Infinity, earlier, later: null }]
  return { ranges, gaps: gapsBetween(ranges, timeline), readAt: new Map() }
}

/**
 * Adds a page to an open ticket. `shownTo`: the entry contains the events up to there, and the page at least as
 * many. Events after it, up to the page's own position, still come and must not be applied to its items again.
 */
export function withPage(
  open: OpenTicket,
  edge: PageEdge,
  page: TimelinePage,
  shownTo: number,
): OpenTicket {
  const range = rangeOf(edge, page, shownTo + 1)
  const shown = new Set(open.timeline.map(({ seq }) => seq))
  const added = page.items.filter(
    ({ seq }) => !shown.has(seq) && seq >= range.from && seq < range.to,
  )
  const readAt = new Map([...open.readAt].filter(([, at]) => at > shownTo))
  if (page.seq > shownTo) for (const { seq } of added) readAt.set(seq, page.seq)
  const timeline = [...open.timeline, ...added].sort((a, b) => a.seq - b.seq)
  const attachments = withFiles(open.attachments, page.attachments)
  const ranges = mergeRanges([...open.ranges, range])
  const gaps = gapsBetween(ranges, timeline)
  return { ...open, timeline, attachments, ranges, gaps, readAt }
}

/** Adds files, ordered by id. Files that are there already stay unchanged. */
export function withFiles(
  files: readonly Attachment[],
  more: readonly Attachment[],
): readonly Attachment[] {
  const known = new Set(files.map(({ id }) => id))
  const added = more.filter(({ id }) => !known.has(id))
  if (added.length === 0) return files
  return [...files, ...added].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Ranges that touch or overlap become one. */
function mergeRanges(ranges: readonly LoadedRange[]): LoadedRange[] {
  const merged: LoadedRange[] = []
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last === undefined || range.from > last.to) {
      merged.push(range)
      continue
    }
    const { to, later } = range.to > last.to ? range : last
    merged[merged.length - 1] = { ...last, to, later }
  }
  return merged
}

function gapsBetween(
  ranges: readonly LoadedRange[],
  timeline: readonly TimelineItem[],
): TimelineGap[] {
  return ranges.flatMap(({ from }) => {
    const first = timeline.find(({ seq }) => seq >= from)
    if (from === 0 || first === undefined) return []
    const last = timeline.findLast(({ seq }) => seq < from)
    return [{ after: last?.seq ?? null, before: first.seq }]
  })
}
