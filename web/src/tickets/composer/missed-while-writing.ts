import type { TimelineGap } from '@deskbell/client'
import { isBy, limits } from '@deskbell/contract'
import type { TimelineItem } from '@deskbell/contract'

interface Missed {
  /** In order; if there are many, only the newest. */
  missed: readonly TimelineItem[]
  /** There may be more than these. */
  more: boolean
}

/** Comments and files of others that came after the writer began; a reply written without them would be stale. */
export function missedWhileWriting(
  timeline: readonly TimelineItem[],
  gaps: readonly TimelineGap[],
  seenVersion: number | undefined,
  writerId: string,
): Missed {
  if (seenVersion === undefined) return { missed: [], more: false }
  const all = timeline.filter(
    (item) => item.seq > seenVersion && !isBy(item.actor, writerId) && addsSomething(item),
  )
  const missed = all.slice(-limits.missedItems)
  const more = missed.length < all.length || gaps.some(({ before }) => before - 1 > seenVersion)
  return { missed, more }
}

function addsSomething(item: TimelineItem): boolean {
  return (
    item.kind === 'attachmentAdded' || (item.kind === 'comment' && item.comment.deletedAt === null)
  )
}
