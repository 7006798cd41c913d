import { isStaff } from '@deskbell/contract'
import type {
  FilterFields,
  PersonRef,
  Priority,
  Reader,
  Status,
  TicketRow,
} from '@deskbell/contract'

/** A ticket as the server knows it: both what staff see and what everyone on it sees. */
export interface Ticket {
  id: string
  number: number
  title: string
  description: string
  status: Status
  priority: Priority
  creator: PersonRef
  assignee: PersonRef | null
  /** In the order of their ids. */
  watchers: readonly PersonRef[]
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

/** The row of a list, as staff or as the others on the ticket see it. */
export function toRow(ticket: Ticket, staff: boolean): TicketRow {
  return {
    id: ticket.id,
    number: ticket.number,
    title: ticket.title,
    status: ticket.status,
    priority: ticket.priority,
    creator: ticket.creator,
    assignee: ticket.assignee,
    commentCount: staff ? ticket.staffCommentCount : ticket.commentCount,
    attachmentCount: staff ? ticket.staffAttachmentCount : ticket.attachmentCount,
    createdAt: ticket.createdAt,
    updatedAt: staff ? ticket.staffUpdatedAt : ticket.updatedAt,
    version: staff ? ticket.staffVersion : ticket.version,
  }
}

/** Position of the last event on the ticket that the reader may see. */
export function versionFor(reader: Reader, ticket: Ticket): number {
  return isStaff(reader.role) ? ticket.staffVersion : ticket.version
}

export function filterFields(ticket: Ticket): FilterFields {
  return { status: ticket.status, priority: ticket.priority, assignee: ticket.assignee }
}

/** The people who see this ticket without being staff, and perhaps some who are. */
export function participants(ticket: Ticket): string[] {
  return [...new Set([ticket.creator.id, ...ticket.watchers.map((watcher) => watcher.id)])]
}
