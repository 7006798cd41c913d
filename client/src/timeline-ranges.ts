import type { Attachment, TimelineItem } from '@deskbell/contract'
import type { OpenTicket } from './fold-ticket.ts'

/** A stretch of a history of which everything is loaded: positions from `from` up to, but not including, `to`. */
export interface LoadedRange {
  from: number
  to: number
  /** The server's cursor to what is before; null: nothing is. */
  earlier: string | null
  /** The same to what is after; null for the last range, which grows with the history. */
  later: string | null
}

/** What was asked for: what is before or after a loaded range, or around some place. */
export type PageEdge = { before: number } | { after: number } | 'around'

export interface TimelinePage {
  seq: number
  items: readonly TimelineItem[]
  attachments: readonly Attachment[]
  earlier: string | null
  later: string | null
}

/** What a page covers. From `end` on nothing counts: that comes by events, which the last range is open for. */
function rangeOf(edge: PageEdge, page: TimelinePage, end: number): LoadedRange {
  const { items, earlier, later } = page
  const first = earlier === null ? 0 : (items[0]?.seq ?? end)
  const last = later === null ? end : (items.at(-1)?.seq ?? -1) + 1
  const from = edge !== 'around' && 'after' in edge ? edge.after : first
  const to = edge !== 'around' && 'before' in edge ? edge.before : last
  return { from, to: Math.min(to, end), earlier, later }
}

/** What is loaded with the newest page of a history alone: its range is the one that grows. */
export function newestRange(
  timeline: readonly TimelineItem[],
  earlier: string | null,
): Pick<OpenTicket, 'ranges' | 'gaps' | 'readAt'> {
  const from = earlier === null ? 0 : (timeline[0]?.seq ?? 0)
  const ranges = [{ from, to: Infinity, earlier, later: null }]
  return { ranges, gaps: gapsBetween(ranges, timeline), readAt: new Map() }
}

/**
 * The ticket with a further page of its history. `shownTo`: what is shown is known up to there, and the page at least as
 * far. Events after it, up to the page's own position, are still to come and must not be applied to its items again.
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

/** Files by their ids, in order; those that are there already stay what they are. */
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

/** A place in a history where something is not loaded. */
export interface TimelineGap {
  /** The item before it; null: it is at the very beginning. */
  after: number | null
  /** The item after it. */
  before: number
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
