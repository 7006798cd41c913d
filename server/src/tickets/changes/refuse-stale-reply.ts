import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { PersonActor } from '../../access/actor.ts'
import { versionFor } from '../ticket.ts'
import type { Ticket } from '../ticket.ts'
import { hasMore, timelinePage, toTimeline } from '../reads/timeline.ts'

/**
 * Refuses a reply whose author has not seen newer comments or files of others. The error shows the newest of them, and
 * the version to send as proof that they were read.
 */
export async function refuseStaleReply(
  tx: Tx,
  actor: PersonActor,
  ticket: Ticket,
  seenVersion: number | undefined,
): Promise<void> {
  const version = versionFor(actor, ticket)
  if (seenVersion === undefined || seenVersion >= version) return

  const lines = await timelinePage(tx, actor, {
    ticketId: sql`${ticket.id}`,
    side: 'newest',
    limit: sql.lit(limits.missedItems),
    where: [
      sql`n.seq > ${seenVersion} and n.actor_id is distinct from ${actor.id}`,
      sql`(n.kind = 'attachmentAdded' or (n.kind = 'comment' and b.deleted_at is null))`,
    ],
  }).execute()
  if (lines.length === 0) return
  const { items: missed } = toTimeline(lines)
  throw new DeskError('ticket.replied', { missed, more: hasMore(lines), version })
}
