import type { DeskEvent, TimelineItem } from '@deskbell/contract'

type Line = TimelineItem extends infer I
  ? I extends TimelineItem
    ? Omit<I, 'seq' | 'at' | 'actor'>
    : never
  : never

/** The line that an event adds to the ticket's timeline; undefined when it adds none. */
export function timelineItemOf(event: DeskEvent): TimelineItem | undefined {
  const { seq, at, actor } = event.meta
  const line = lineOf(event)
  // Every event that changes a ticket has an actor.
  return line === undefined || actor === null ? undefined : { seq, at, actor, ...line }
}

function lineOf(event: DeskEvent): Line | undefined {
  switch (event.name) {
    case 'ticket:created':
      return { kind: 'created' }
    case 'ticket:updated':
      return { kind: 'updated', changes: event.data.changes }
    case 'ticket:statusChanged': {
      const { oldStatus, newStatus, afterDays } = event.data
      const why = afterDays === undefined ? {} : { afterDays }
      return { kind: 'status', old: oldStatus, new: newStatus, ...why }
    }
    case 'ticket:priorityChanged': {
      const { oldPriority, newPriority } = event.data
      return { kind: 'priority', old: oldPriority, new: newPriority }
    }
    case 'ticket:commentAdded':
      return { kind: 'comment', comment: event.data.comment }
    case 'ticket:attachmentAdded': {
      const { id: attachmentId, commentId, name, internal } = event.data.attachment
      // The comment's own line shows files that came with it.
      if (commentId !== null) return undefined
      return { kind: 'attachmentAdded', attachmentId, commentId, name, internal }
    }
    case 'ticket:attachmentDeleted': {
      const { attachmentId, commentId, name, internal } = event.data
      if (commentId !== null) return undefined
      return { kind: 'attachmentDeleted', attachmentId, name, internal }
    }
    default:
      return undefined
  }
}
