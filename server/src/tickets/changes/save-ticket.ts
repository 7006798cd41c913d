import { columnFields } from '@deskbell/contract'
import { statement } from '../../database/statement.ts'
import type { Tx } from '../../database/types.ts'
import { columnOf } from '../field-columns.ts'
import type { Ticket } from '../ticket.ts'

/**
 * Stores the changed columns of a locked ticket, and no others: PostgreSQL parses and indexes a text again whenever it
 * is written. The log sets version and time of change.
 */
export async function saveTicket(tx: Tx, before: Ticket, after: Ticket): Promise<void> {
  const [old, saved] = [columnsOf(before), columnsOf(after)]
  const names = Object.keys(saved)
  const changed = names.filter((name) => saved[name] !== old[name])
  if (changed.length > 0) await save(tx, { ...saved, id: after.id }, changed)
}

/** One variant per set of columns that change together. */
const save = statement((db, params: Columns & { id: string }, changed: string[]) =>
  db
    .updateTable('tickets')
    .set(Object.fromEntries(changed.map((name) => [name, params[name]])))
    .where('id', '=', params.id),
)

type Columns = Record<string, string | number | null>

function columnsOf(ticket: Ticket): Columns {
  return {
    ...Object.fromEntries(columnFields.map((name) => [columnOf(name), ticket[name]])),
    assignee_id: ticket.assignee?.id ?? null,
    last_author_id: ticket.lastAuthor.id === ticket.creator.id ? null : ticket.lastAuthor.id,
    comment_count: ticket.commentCount,
    staff_comment_count: ticket.staffCommentCount,
    attachment_count: ticket.attachmentCount,
    staff_attachment_count: ticket.staffAttachmentCount,
  }
}
