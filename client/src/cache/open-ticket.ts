import type { Attachment, Ticket, TimelineItem } from '@deskbell/contract'

/** An open ticket as confirmed by the server. */
export interface OpenTicket {
  ticket: Ticket
  /** The items of the loaded ranges, in order. */
  timeline: readonly TimelineItem[]
  /** The files of these items and others that were read, ordered by id. */
  attachments: readonly Attachment[]
  /** In order, with a gap between each and the next. The last range is open at its end: new items go there. */
  ranges: readonly LoadedRange[]
  /** The gaps between and before the ranges. */
  gaps: readonly TimelineGap[]
  /** For items that were read ahead of the stream: the position they were read at, by the item's number. */
  readAt: ReadonlyMap<number, number>
}

/** A completely loaded part of a timeline: positions from `from` up to, but not including, `to`. */
export interface LoadedRange {
  from: number
  to: number
  /** The server's cursor to the earlier page; null at the beginning. */
  earlier: string | null
  /** The server's cursor to the later page; null for the last range, to which new items go. */
  later: string | null
}

/** A place in a timeline where items are not loaded. */
export interface TimelineGap {
  /** The item before the gap; null at the beginning of the timeline. */
  after: number | null
  /** The item after the gap. */
  before: number
}
