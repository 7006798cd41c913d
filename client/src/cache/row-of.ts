import { pick, rowFields } from '@deskbell/contract'
import type { TicketRow } from '@deskbell/contract'

/** Reduces a list item or a whole ticket to its row. */
export function rowOf(ticket: TicketRow): TicketRow {
  const {
    id,
    number,
    creator,
    lastAuthor,
    tags,
    commentCount,
    attachmentCount,
    createdAt,
    updatedAt,
    version,
    looked,
  } = ticket
  return {
    id,
    number,
    ...pick(ticket, rowFields),
    creator,
    lastAuthor,
    tags,
    commentCount,
    attachmentCount,
    createdAt,
    updatedAt,
    version,
    ...(looked !== undefined && { looked }),
  }
}
