import type { Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import type { Actor } from '../people/actor.ts'
import { versionFor } from './ticket.ts'
import type { Ticket } from './ticket.ts'
import { timelineOf } from './timeline.ts'

/**
 * Stops a reply written without knowing of what others added since: comments and files the writer may see. The answer
 * shows them, and the version to send with to say that they were read.
 */
export async function refuseStaleReply(
  tx: Tx,
  actor: Actor,
  ticket: Ticket,
  seenVersion: number | undefined,
): Promise<void> {
  const version = versionFor(actor, ticket)
  if (seenVersion === undefined || seenVersion >= version) return

  const since = await timelineOf(tx, actor, ticket.id, seenVersion)
  const missed = since.filter(
    (item) =>
      item.actor.id !== actor.id &&
      ((item.kind === 'comment' && item.comment.deletedAt === null) ||
        item.kind === 'attachmentAdded'),
  )
  if (missed.length > 0) throw new DeskError('ticket.replied', { missed, version })
}
