import type { TimelineItem } from '@deskbell/contract'

/** Comments and files of others that came after the writer began: what nobody should answer over unknowingly. */
export function missedWhileWriting(
  timeline: readonly TimelineItem[],
  seenVersion: number | undefined,
  writerId: string,
): readonly TimelineItem[] {
  if (seenVersion === undefined) return []
  return timeline.filter(
    (item) => item.seq > seenVersion && item.actor.id !== writerId && addsSomething(item),
  )
}

function addsSomething(item: TimelineItem): boolean {
  return (
    item.kind === 'attachmentAdded' || (item.kind === 'comment' && item.comment.deletedAt === null)
  )
}
