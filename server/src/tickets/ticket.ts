import { filterFields, isStaff, pick, rowFields } from '@deskbell/contract'
import type { FilterFields, PersonRef, Reader, TicketFields, TicketRow } from '@deskbell/contract'
import type { TicketReader } from '../access/readers.ts'

/** A tag as it is stored on a ticket. */
export interface TicketTag {
  id: string
  internal: boolean
}

/** A ticket as the server sees it: with the fields for staff and those for everyone else on it. */
export interface Ticket extends TicketFields {
  id: string
  number: number
  creator: PersonRef
  /** Who wrote the last public message. */
  lastAuthor: PersonRef
  readers: readonly TicketReader[]
  /** Ordered by id. */
  watchers: readonly PersonRef[]
  /** Ordered by id. */
  tags: readonly TicketTag[]
  commentCount: number
  staffCommentCount: number
  attachmentCount: number
  staffAttachmentCount: number
  createdAt: string
  updatedAt: string
  staffUpdatedAt: string
  version: number
  staffVersion: number
}

/** A list row, as staff or as other people on the ticket see it. */
export function toRow(ticket: Ticket, staff: boolean): TicketRow {
  return {
    id: ticket.id,
    number: ticket.number,
    ...pick(ticket, rowFields),
    creator: ticket.creator,
    lastAuthor: ticket.lastAuthor,
    tags: ticket.tags.filter(({ internal }) => staff || !internal).map(({ id }) => id),
    commentCount: staff ? ticket.staffCommentCount : ticket.commentCount,
    attachmentCount: staff ? ticket.staffAttachmentCount : ticket.attachmentCount,
    createdAt: ticket.createdAt,
    updatedAt: staff ? ticket.staffUpdatedAt : ticket.updatedAt,
    version: staff ? ticket.staffVersion : ticket.version,
  }
}

/** Number of the last event on the ticket that the reader may see. */
export function versionFor(reader: Reader, ticket: Ticket): number {
  return isStaff(reader.role) ? ticket.staffVersion : ticket.version
}

export function filterFieldsOf(ticket: Ticket): FilterFields {
  return pick(ticket, filterFields)
}
