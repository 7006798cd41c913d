import type { TimelineItem } from '@deskbell/contract'

export type CommentItem = Extract<TimelineItem, { kind: 'comment' }>
export type ChangeItem = Exclude<TimelineItem, { kind: 'comment' | 'created' }>

/** A comment, a run of changes without a comment between them, or the mark before the first unseen item. */
export type TimelineBlock =
  | { kind: 'comment'; item: CommentItem }
  | { kind: 'changes'; items: readonly ChangeItem[] }
  | { kind: 'new' }

/**
 * Arranges a timeline for reading. The mark stands before the first item that somebody else added after
 * `seen`; it is left out when that would be the very beginning, where all of the ticket is new.
 */
export function timelineBlocks(
  timeline: readonly TimelineItem[],
  seen: number,
  readerId: string,
): TimelineBlock[] {
  const firstNew = firstUnseenSeq(timeline, seen, readerId)
  const blocks: TimelineBlock[] = []
  for (const item of timeline) {
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

function firstUnseenSeq(
  timeline: readonly TimelineItem[],
  seen: number,
  readerId: string,
): number | undefined {
  const first = timeline.find((item) => item.seq > seen && item.actor.id !== readerId)
  return first?.kind === 'created' ? undefined : first?.seq
}
