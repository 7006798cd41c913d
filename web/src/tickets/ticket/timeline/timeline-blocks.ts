import type { TimelineGap } from '@deskbell/client'
import { isBy } from '@deskbell/contract'
import type { TimelineItem } from '@deskbell/contract'

export type CommentItem = Extract<TimelineItem, { kind: 'comment' }>
export type ChangeItem = Exclude<TimelineItem, { kind: 'comment' | 'created' }>

/** A comment, a run of changes without a comment between them, the mark before the first unseen item, or a gap. */
export type TimelineBlock =
  | { kind: 'comment'; item: CommentItem }
  | { kind: 'changes'; items: readonly ChangeItem[] }
  | { kind: 'new' }
  | { kind: 'gap'; gap: TimelineGap }

export interface Reading {
  /** How far the reader had seen the ticket: the number of an event. */
  seen: number
  readerId: string
}

/**
 * Arranges a timeline for reading. The mark stands before the first item after `seen` by another person. There is no
 * mark at the very beginning, because there all of the ticket is new.
 */
export function timelineBlocks(
  timeline: readonly TimelineItem[],
  gaps: readonly TimelineGap[],
  reading: Reading,
): TimelineBlock[] {
  const firstNew = firstUnseen(timeline, gaps, reading)
  const blocks: TimelineBlock[] = []
  for (const item of timeline) {
    const gap = gaps.find(({ before }) => before === item.seq)
    if (gap !== undefined) blocks.push({ kind: 'gap', gap })
    if (item.kind === 'created') continue
    if (item.seq === firstNew) blocks.push({ kind: 'new' })
    if (item.kind === 'comment') {
      blocks.push({ kind: 'comment', item })
      continue
    }
    const last = blocks.at(-1)
    if (last?.kind === 'changes')
      blocks[blocks.length - 1] = { kind: 'changes', items: [...last.items, item] }
    else blocks.push({ kind: 'changes', items: [item] })
  }
  return blocks
}

/** Whether the first unseen item may be in a part that is not loaded. */
export function isUnseenMissing(
  timeline: readonly TimelineItem[],
  gaps: readonly TimelineGap[],
  { seen, readerId }: Reading,
): boolean {
  const first = timeline.find((item) => isUnseen(item, { seen, readerId }))?.seq ?? Infinity
  return gaps.some(({ before }) => before <= first && before - 1 > seen)
}

/** The number of the first unseen item, before which the mark stands. */
export function firstUnseen(
  timeline: readonly TimelineItem[],
  gaps: readonly TimelineGap[],
  reading: Reading,
): number | undefined {
  if (isUnseenMissing(timeline, gaps, reading)) return undefined
  const first = timeline.find((item) => isUnseen(item, reading))
  return first?.kind === 'created' ? undefined : first?.seq
}

function isUnseen({ seq, actor }: TimelineItem, { seen, readerId }: Reading): boolean {
  return seq > seen && actor.kind !== 'system' && !isBy(actor, readerId)
}
