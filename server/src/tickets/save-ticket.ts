import type { Tx } from '../database/types.ts'
import type { Ticket } from './ticket.ts'

/**
 * Stores what a change made of a locked ticket, and only that: a text that is written again is parsed and indexed again
 * for the search. Version and time of change are the log's to write.
 */
export async function saveTicket(tx: Tx, before: Ticket, after: Ticket): Promise<void> {
  const [old, saved] = [columnsOf(before), columnsOf(after)]
  const changed = Object.entries(saved).filter(
    ([column, value]) => value !== old[column as keyof typeof old],
  )
  if (changed.length === 0) return
  await tx
    .updateTable('tickets')
    .set(Object.fromEntries(changed))
    .where('id', '=', after.id)
    .execute()
}

function columnsOf(ticket: Ticket) {
  return {
    title: ticket.title,
    description: ticket.description,
    status: ticket.status,
    priority: ticket.priority,
    assignee_id: ticket.assignee?.id ?? null,
    comment_count: ticket.commentCount,
    staff_comment_count: ticket.staffCommentCount,
    attachment_count: ticket.attachmentCount,
    staff_attachment_count: ticket.staffAttachmentCount,
  }
}
