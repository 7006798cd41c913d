import type { TicketRow } from '@deskbell/contract'

/** Reduces a list item or a whole ticket to its row. */
export function rowOf(ticket: TicketRow): TicketRow {
  const { id, number, title, status, priority, creator, assignee } = ticket
  const { commentCount, attachmentCount, createdAt, updatedAt, version } = ticket
  return {
    id,
    number,
    title,
    status,
    priority,
    creator,
    assignee,
    commentCount,
    attachmentCount,
    createdAt,
    updatedAt,
    version,
  }
}
