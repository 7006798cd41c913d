import type { Tx } from '../database/types.ts'
import type { Ticket } from './ticket.ts'

/** Stores what a change made of a locked ticket. Version and time of change are the log's to write. */
export async function saveTicket(tx: Tx, ticket: Ticket): Promise<void> {
  await tx
    .updateTable('tickets')
    .set({
      title: ticket.title,
      description: ticket.description,
      status: ticket.status,
      priority: ticket.priority,
      assignee_id: ticket.assignee?.id ?? null,
      comment_count: ticket.commentCount,
      staff_comment_count: ticket.staffCommentCount,
      attachment_count: ticket.attachmentCount,
      staff_attachment_count: ticket.staffAttachmentCount,
    })
    .where('id', '=', ticket.id)
    .execute()
}
